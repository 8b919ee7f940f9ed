import type { DirectoryUser } from './directory.ts';
import { type FilterCursor, filterCursor } from './filter-cursor.ts';
import { GraphError } from './graph-error.ts';
import type { Test } from './graph-search.ts';

/** A `$filter`, understood; `advanced` says that it needs the advanced query engine (wire reference G3). */
export interface Filter {
  readonly test: Test;
  readonly advanced: boolean;
}

type Literal = string | boolean | null;

const PROPERTIES: readonly (keyof DirectoryUser)[] = [
  'displayName',
  'givenName',
  'surname',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'userPrincipalName',
  'id',
  'userType',
  'accountEnabled',
  'department',
];

const COMPARISONS: Readonly<Record<string, (value: Literal, wanted: Literal) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  ge: (value, wanted) => value !== null && wanted !== null && value >= wanted,
  le: (value, wanted) => value !== null && wanted !== null && value <= wanted,
};

const FUNCTIONS: Readonly<Record<string, (value: string, part: string) => boolean>> = {
  startswith: (value, part) => value.startsWith(part),
  endswith: (value, part) => value.endsWith(part),
};

/** Text is compared without regard to case, as the directory does. */
function folded(value: unknown): Literal {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'boolean' ? value : null;
}

/**
 * Reads a `$filter`: eq, ne, ge, le, in, startsWith, endsWith, and, or, not and parentheses.
 * @throws GraphError 400
 */
export function readFilter(filter: string): Filter {
  const cursor = filterCursor(filter);
  const test = anyOf(cursor);
  if (cursor.peek() !== '') throw cursor.malformed();
  return { test, advanced: cursor.advanced };
}

function anyOf(cursor: FilterCursor): Test {
  const tests = [allOf(cursor)];
  while (cursor.skip('or')) tests.push(allOf(cursor));
  return (user) => tests.some((test) => test(user));
}

function allOf(cursor: FilterCursor): Test {
  const tests = [one(cursor)];
  while (cursor.skip('and')) tests.push(one(cursor));
  return (user) => tests.every((test) => test(user));
}

function one(cursor: FilterCursor): Test {
  if (cursor.skip('not')) {
    cursor.advanced = true;
    const test = one(cursor);
    return (user) => !test(user);
  }
  if (!cursor.skip('(')) return FUNCTIONS[cursor.peek()] === undefined ? comparison(cursor) : call(cursor);
  const test = anyOf(cursor);
  cursor.expect(')');
  return test;
}

function call(cursor: FilterCursor): Test {
  const name = cursor.take().toLowerCase();
  const matches = FUNCTIONS[name];
  if (name === 'endswith') cursor.advanced = true;
  cursor.expect('(');
  const property = propertyAt(cursor);
  cursor.expect(',');
  const part = literalAt(cursor);
  cursor.expect(')');
  if (typeof part !== 'string' || matches === undefined) throw cursor.malformed();
  return (user) => {
    const value = folded(user[property]);
    return typeof value === 'string' && matches(value, part);
  };
}

function comparison(cursor: FilterCursor): Test {
  const property = propertyAt(cursor);
  const operator = cursor.take().toLowerCase();
  if (operator === 'in') return membership(cursor, property);
  const compare = COMPARISONS[operator];
  if (compare === undefined) throw cursor.malformed();
  if (operator === 'ne') cursor.advanced = true;
  const wanted = literalAt(cursor);
  return (user) => compare(folded(user[property]), wanted);
}

function membership(cursor: FilterCursor, property: keyof DirectoryUser): Test {
  cursor.expect('(');
  const wanted = [literalAt(cursor)];
  while (cursor.skip(',')) wanted.push(literalAt(cursor));
  cursor.expect(')');
  return (user) => wanted.includes(folded(user[property]));
}

function propertyAt(cursor: FilterCursor): keyof DirectoryUser {
  const name = cursor.take();
  const found = PROPERTIES.find((property) => property.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const message = `Could not find a property named '${name}' on type 'microsoft.graph.user'.`;
  throw new GraphError('BadRequest', message);
}

function literalAt(cursor: FilterCursor): Literal {
  const token = cursor.take();
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'").toLowerCase();
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  throw cursor.malformed();
}
