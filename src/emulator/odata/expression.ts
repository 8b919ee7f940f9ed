import type { Row } from './entity.ts';
import type { GraphError } from './graph-error.ts';

/** Parentheses in parentheses, and `not` before `not`: more would fill the stack. */
const MAX_DEPTH = 100;

/** Whether a row is meant by a query. */
export type Test = (row: Row) => boolean;

/** A place in a query's tokens, moving on as they are read. */
export interface QueryCursor {
  /** The next token in lower case, empty at the end. */
  peek(): string;
  /** @throws GraphError 400 at the end */
  take(): string;
  /** Moves on if the next token is this one. */
  skip(token: string): boolean;
  /** @throws GraphError 400 unless the next token is this one */
  expect(token: string): void;
  malformed(): GraphError;
  /** How deeply it is nested. */
  depth: number;
  /** Whether something was read that needs the advanced query engine (wire reference G3). */
  advanced: boolean;
}

/** A cursor at the first of the tokens; `malformed` makes the error of a query that makes no sense. */
export function queryCursor(tokens: readonly string[], malformed: () => GraphError): QueryCursor {
  let at = 0;
  const peek = (): string => (tokens[at] ?? '').toLowerCase();
  const skip = (token: string): boolean => {
    const isNext = at < tokens.length && peek() === token;
    if (isNext) at++;
    return isNext;
  };
  return {
    peek,
    skip,
    malformed,
    depth: 0,
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

/** Reads one term of an expression. */
type ReadTerm = (cursor: QueryCursor) => Test;

/** Reads a whole expression: terms with `and`, `or` and parentheses. @throws GraphError 400 */
export function readExpression(cursor: QueryCursor, readTerm: ReadTerm): Test {
  const test = anyOf(cursor, readTerm);
  if (cursor.peek() !== '') throw cursor.malformed();
  return test;
}

function anyOf(cursor: QueryCursor, readTerm: ReadTerm): Test {
  const tests = [allOf(cursor, readTerm)];
  while (cursor.skip('or')) tests.push(allOf(cursor, readTerm));
  return (row) => tests.some((test) => test(row));
}

function allOf(cursor: QueryCursor, readTerm: ReadTerm): Test {
  const tests = [readGroup(cursor, readTerm)];
  while (cursor.skip('and')) tests.push(readGroup(cursor, readTerm));
  return (row) => tests.every((test) => test(row));
}

/** Reads an expression in parentheses, or one term. @throws GraphError 400 where they are nested too deeply */
export function readGroup(cursor: QueryCursor, readTerm: ReadTerm): Test {
  if (++cursor.depth > MAX_DEPTH) throw cursor.malformed();
  const test = cursor.skip('(') ? readRestOfGroup(cursor, readTerm) : readTerm(cursor);
  cursor.depth--;
  return test;
}

function readRestOfGroup(cursor: QueryCursor, readTerm: ReadTerm): Test {
  const test = anyOf(cursor, readTerm);
  cursor.expect(')');
  return test;
}
