import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An element as the WebDriver standard writes a reference to one. */
export interface ElementReference {
  [ELEMENT]: string;
}

/** Sends commands of the WebDriver standard to a browser. */
export interface DriverSession {
  send(command: Command, parameters: Record<string, unknown>): Promise<unknown>;
  end(): Promise<void>;
}

export type Command = keyof typeof COMMANDS;

/** The key of an element's id (WebDriver, section 12). */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Pages are waited for by what they show: how far a page is loaded is told differently by each engine. */
const CAPABILITIES = { pageLoadStrategy: 'none' };

/** Each with its path, and with its name in Marionette. */
const COMMANDS = {
  open: ['/url', 'WebDriver:Navigate'],
  run: ['/execute/sync', 'WebDriver:ExecuteScript'],
  click: ['/element/{id}/click', 'WebDriver:ElementClick'],
  type: ['/element/{id}/value', 'WebDriver:ElementSendKeys'],
  // Chromium alone knows this one: a command of its own protocol.
  chromium: ['/goog/cdp/execute', ''],
} as const;

/** A session of a driver that speaks HTTP. */
export async function overHttp(
  origin: string,
  capabilities: Record<string, unknown> = {},
): Promise<DriverSession> {
  const alwaysMatch = { ...CAPABILITIES, ...capabilities };
  const begun = await ask(origin, 'POST', '/session', { capabilities: { alwaysMatch } });
  const { sessionId } = begun as { sessionId: string };
  const path = `/session/${sessionId}`;
  return {
    send: (command, parameters) => {
      const place = COMMANDS[command][0].replace('{id}', String(parameters.id));
      return ask(origin, 'POST', `${path}${place}`, parameters);
    },
    end: async () => void (await ask(origin, 'DELETE', path)),
  };
}

/** A script that a page takes along when it goes is never answered in WebKit: then it is asked again. */
const COMMAND_MS = 10_000;
/** A browser has to start first. */
const START_MS = 60_000;

async function ask(origin: string, method: string, path: string, parameters?: object): Promise<unknown> {
  const body = parameters === undefined ? {} : { body: JSON.stringify(parameters) };
  const answer = await fetch(`${origin}${path}`, {
    method,
    ...body,
    signal: AbortSignal.timeout(path === '/session' ? START_MS : COMMAND_MS),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (answer.ok) return value;
  throw new Error(`${path}: ${JSON.stringify(value)}`);
}

/** Firefox itself takes the same commands, as JSON with its length before it (Marionette): no driver is needed. */
export async function overMarionette(port: number): Promise<DriverSession> {
  const socket = connect(port, '127.0.0.1');
  const answers = messagesOf(socket);
  await answers.next();
  let number = 0;
  const call = async (name: string, parameters: object) => {
    number += 1;
    const text = JSON.stringify([0, number, name, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, result] = (await answers.next()).value as [number, number, unknown, unknown];
    if (error === null) return result;
    throw new Error(`${name}: ${JSON.stringify(error)}`);
  };
  await call('WebDriver:NewSession', { capabilities: { alwaysMatch: CAPABILITIES } });
  return {
    async send(command, parameters) {
      const result = await call(COMMANDS[command][1], parameters);
      return (result as { value?: unknown } | null)?.value;
    },
    async end() {
      socket.end();
      await once(socket, 'close');
    },
  };
}

async function* messagesOf(socket: Socket): AsyncGenerator<unknown, undefined> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      const colon = rest.indexOf(':');
      const end = colon + 1 + Number(rest.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || rest.length < end) break;
      yield JSON.parse(rest.subarray(colon + 1, end).toString());
      rest = rest.subarray(end);
    }
  }
  return undefined;
}
