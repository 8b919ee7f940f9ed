import type { EntityType } from './entity.ts';
import { type QueryCursor, queryCursor, readExpression, readGroup, type Test } from './expression.ts';
import { GraphError } from './graph-error.ts';

/** A `$filter`, understood; `advanced` says that it needs the advanced query engine (wire reference G3). */
interface Filter {
  readonly test: Test;
  readonly advanced: boolean;
}

type Literal = string | boolean | null;

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
export function readFilter(filter: string, entity: EntityType): Filter {
  const malformed = (): GraphError => new GraphError('BadRequest', `Invalid filter clause: ${filter}`);
  const cursor = queryCursor(filter.match(TOKEN) ?? [], malformed);
  const test = readExpression(cursor, (at) => readTerm(at, entity));
  return { test, advanced: cursor.advanced };
}

function readTerm(cursor: QueryCursor, entity: EntityType): Test {
  if (!cursor.skip('not')) return readPlainTerm(cursor, entity);
  cursor.advanced = true;
  const test = readGroup(cursor, (at) => readTerm(at, entity));
  return (row) => !test(row);
}

function readPlainTerm(cursor: QueryCursor, entity: EntityType): Test {
  if (Object.hasOwn(FUNCTIONS, cursor.peek())) return call(cursor, entity);
  return cursor.peek().endsWith('/any') ? anyOf(cursor, entity) : comparison(cursor, entity);
}

/** `groupTypes/any(c:c eq 'Unified')`: whether a list holds a value. */
function anyOf(cursor: QueryCursor, entity: EntityType): Test {
  const property = propertyNamed(cursor.take().slice(0, -'/any'.length), entity);
  cursor.expect('(');
  const [, variable = '', again] = /^(\w+):(\w+)$/.exec(cursor.take()) ?? [];
  if (variable === '' || variable !== again) throw cursor.malformed();
  cursor.expect('eq');
  const wanted = literalAt(cursor);
  cursor.expect(')');
  return (row) => {
    const value = row[property];
    return Array.isArray(value) && value.some((one) => folded(one) === wanted);
  };
}

function call(cursor: QueryCursor, entity: EntityType): Test {
  const name = cursor.take().toLowerCase();
  const matches = FUNCTIONS[name];
  if (name === 'endswith') cursor.advanced = true;
  cursor.expect('(');
  const property = propertyNamed(cursor.take(), entity);
  cursor.expect(',');
  const part = literalAt(cursor);
  cursor.expect(')');
  if (typeof part !== 'string' || matches === undefined) throw cursor.malformed();
  return (row) => {
    const value = folded(row[property]);
    return typeof value === 'string' && matches(value, part);
  };
}

function comparison(cursor: QueryCursor, entity: EntityType): Test {
  const property = propertyNamed(cursor.take(), entity);
  const operator = cursor.take().toLowerCase();
  if (operator === 'in') return membership(cursor, property);
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (compare === undefined) throw cursor.malformed();
  if (operator === 'ne') cursor.advanced = true;
  const wanted = literalAt(cursor);
  return (row) => compare(folded(row[property]), wanted);
}

function membership(cursor: QueryCursor, property: string): Test {
  cursor.expect('(');
  const wanted = [literalAt(cursor)];
  while (cursor.skip(',')) wanted.push(literalAt(cursor));
  cursor.expect(')');
  return (row) => wanted.includes(folded(row[property]));
}

function propertyNamed(name: string, { name: type, filterable }: EntityType): string {
  const found = filterable.find((property) => property.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const message = `Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`;
  throw new GraphError('BadRequest', message);
}

function literalAt(cursor: QueryCursor): Literal {
  const token = cursor.take();
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'").toLowerCase();
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  throw cursor.malformed();
}
