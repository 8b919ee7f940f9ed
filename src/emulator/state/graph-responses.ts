/** Responses that somebody gave to calls of Graph's, by path: `/me/events`, or `POST /me/sendMail`. */
export interface GraphResponses {
  find(method: string, path: string): { readonly body: unknown } | undefined;
  /** Gives a call a response; undefined takes it away, null is one without a body. */
  set(call: string, body: unknown): void;
  entries(): Readonly<Record<string, unknown>>;
  /** Back to those of the start. */
  clear(): void;
}

const MAX_RESPONSES = 1_000;

/** Creates them with those of the seed. */
export function createGraphResponses(first: Readonly<Record<string, unknown>>): GraphResponses {
  let responses = new Map<string, unknown>();
  const keyOf = (call: string): string => {
    const [method = '', path = ''] = /^[A-Z]+ /.test(call) ? call.split(' ') : ['GET', call];
    const decoded = path
      .replaceAll(/%24/gi, '$')
      .replaceAll(/\/+(?=\/|$)/g, '')
      .toLowerCase();
    return `${method} ${decoded}`;
  };
  const start = (): void => {
    responses = new Map(Object.entries(first).map(([call, body]) => [keyOf(call), body]));
  };
  start();
  return {
    find(method, path) {
      const key = keyOf(`${method} ${path}`);
      return responses.has(key) ? { body: responses.get(key) } : undefined;
    },
    set(call, body) {
      if (body === undefined) responses.delete(keyOf(call));
      else if (responses.size < MAX_RESPONSES || responses.has(keyOf(call))) responses.set(keyOf(call), body);
      else throw new Error(`there are ${MAX_RESPONSES} responses already`);
    },
    entries: () => Object.fromEntries(responses),
    clear: start,
  };
}
