import type { EntityType } from './entity.ts';
import { queryCursor, readExpression, type Test } from './expression.ts';
import { GraphError } from './graph-error.ts';

/** Properties whose text is cut into words (wire reference G3). */
const SPLIT = ['displayName', 'description'];

function malformed(search: string): GraphError {
  return new GraphError('BadRequest', `Syntax error in the $search expression ${search}.`);
}

/** Tokens: a quoted clause, a bracket, or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g;

/**
 * Reads a `$search`: quoted `"property:value"` clauses with AND, OR and parentheses.
 * @throws GraphError 400
 */
export function readSearch(search: string, { searchable = [] }: EntityType): Test {
  const cursor = queryCursor(search.match(TOKEN) ?? [], () => malformed(search));
  return readExpression(cursor, () => readClause(cursor.take(), search, searchable));
}

function readClause(token: string, search: string, searchable: readonly string[]): Test {
  const [, name, written] = /^"(\w+):((?:[^"\\]|\\.)*)"$/s.exec(token) ?? [];
  const property = searchable.find((one) => one === name);
  if (property === undefined || written === undefined) throw malformed(search);
  const value = written.replaceAll(/\\(.)/gs, '$1').trim().toLowerCase();
  if (!SPLIT.includes(property))
    return (row) =>
      String(row[property] ?? '')
        .toLowerCase()
        .startsWith(value);
  return byWords(property, wordsOf(value));
}

/** Many people share a name: what was found out about one is kept, for as long as the search lasts. */
function byWords(property: string, wanted: readonly string[]): Test {
  const known = new Map<string, boolean>();
  return (row) => {
    const text = String(row[property] ?? '');
    const before = known.get(text);
    if (before !== undefined) return before;
    const words = wordsOf(text);
    const isMatch = wanted.every((part) => words.some((word) => word.startsWith(part)));
    known.set(text, isMatch);
    return isMatch;
  };
}

/** Words end at spaces, symbols, digits, and where a small letter meets a capital (wire reference G3). */
function wordsOf(text: string): readonly string[] {
  const parted = text.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll(/(\p{Nd}+)/gu, ' $1 ');
  return parted
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{Nd}]+/u)
    .filter((word) => word !== '');
}
