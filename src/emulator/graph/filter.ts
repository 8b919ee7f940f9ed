import type { DirectoryUser } from '../directory/index.ts';
import { GraphError } from './graph-error.ts';
import { type QueryCursor, queryCursor, readExpression, readGroup, type Test } from './query-expression.ts';

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

/** Tokens: a quoted text with doubled quotes, a bracket, a comma, or a word. */
const TOKEN = /'(?:[^']|'')*'|[(),]|[^\s(),']+/g;

/**
 * Reads a `$filter`: eq, ne, ge, le, in, startsWith, endsWith, and, or, not and parentheses.
 * @throws GraphError 400
 */
export function readFilter(filter: string): Filter {
  const malformed = (): GraphError => new GraphError('BadRequest', `Invalid filter clause: ${filter}`);
  const cursor = queryCursor(filter.match(TOKEN) ?? [], malformed);
  const test = readExpression(cursor, readTerm);
  return { test, advanced: cursor.advanced };
}

function readTerm(cursor: QueryCursor): Test {
  if (!cursor.skip('not')) return Object.hasOwn(FUNCTIONS, cursor.peek()) ? call(cursor) : comparison(cursor);
  cursor.advanced = true;
  const test = readGroup(cursor, readTerm);
  return (user) => !test(user);
}

function call(cursor: QueryCursor): Test {
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

function comparison(cursor: QueryCursor): Test {
  const property = propertyAt(cursor);
  const operator = cursor.take().toLowerCase();
  if (operator === 'in') return membership(cursor, property);
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (compare === undefined) throw cursor.malformed();
  if (operator === 'ne') cursor.advanced = true;
  const wanted = literalAt(cursor);
  return (user) => compare(folded(user[property]), wanted);
}

function membership(cursor: QueryCursor, property: keyof DirectoryUser): Test {
  cursor.expect('(');
  const wanted = [literalAt(cursor)];
  while (cursor.skip(',')) wanted.push(literalAt(cursor));
  cursor.expect(')');
  return (user) => wanted.includes(folded(user[property]));
}

function propertyAt(cursor: QueryCursor): keyof DirectoryUser {
  const name = cursor.take();
  const found = PROPERTIES.find((property) => property.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const message = `Could not find a property named '${name}' on type 'microsoft.graph.user'.`;
  throw new GraphError('BadRequest', message);
}

function literalAt(cursor: QueryCursor): Literal {
  const token = cursor.take();
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'").toLowerCase();
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  throw cursor.malformed();
}
