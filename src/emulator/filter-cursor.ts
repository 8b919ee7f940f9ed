import { GraphError } from './graph-error.ts';

/** Tokens: a quoted text with doubled quotes, a bracket, a comma, or a word. */
const TOKEN = /'(?:[^']|'')*'|[(),]|[^\s(),']+/g;

/** A place in a filter's tokens, moving on as they are read. */
export interface FilterCursor {
  peek(): string;
  take(): string;
  /** Moves on if the next token is this one. */
  skip(token: string): boolean;
  /** @throws GraphError 400 unless the next token is this one */
  expect(token: string): void;
  malformed(): GraphError;
  /** Whether something was read that needs the advanced query engine. */
  advanced: boolean;
}

/** A cursor at the start of a `$filter`. */
export function filterCursor(filter: string): FilterCursor {
  const tokens = filter.match(TOKEN) ?? [];
  let at = 0;
  const peek = (): string => (tokens[at] ?? '').toLowerCase();
  const malformed = (): GraphError => new GraphError('BadRequest', `Invalid filter clause: ${filter}`);
  const skip = (token: string): boolean => {
    const isNext = at < tokens.length && peek() === token;
    if (isNext) at++;
    return isNext;
  };
  return {
    peek,
    skip,
    malformed,
    advanced: false,
    take() {
      const token = tokens[at++];
      if (token === undefined) throw malformed();
      return token;
    },
    expect(token) {
      if (!skip(token)) throw malformed();
    },
  };
}
