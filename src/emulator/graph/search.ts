import type { DirectoryUser } from '../directory/index.ts';
import { GraphError } from './graph-error.ts';
import { queryCursor, readExpression, type Test } from './query-expression.ts';

/** String properties that `$search` looks at; those named `split` are cut into words (wire reference G3). */
const SEARCHABLE: readonly (keyof DirectoryUser)[] = [
  'displayName',
  'givenName',
  'surname',
  'mail',
  'mailNickname',
  'userPrincipalName',
  'jobTitle',
  'officeLocation',
];
const SPLIT: keyof DirectoryUser = 'displayName';

function malformed(search: string): GraphError {
  return new GraphError('BadRequest', `Syntax error in the $search expression ${search}.`);
}

/** Tokens: a quoted clause, a bracket, or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g;

/**
 * Reads a `$search`: quoted `"property:value"` clauses with AND, OR and parentheses.
 * @throws GraphError 400
 */
export function readSearch(search: string): Test {
  const cursor = queryCursor(search.match(TOKEN) ?? [], () => malformed(search));
  return readExpression(cursor, () => readClause(cursor.take(), search));
}

function readClause(token: string, search: string): Test {
  const [, name, written] = /^"(\w+):((?:[^"\\]|\\.)*)"$/s.exec(token) ?? [];
  const property = SEARCHABLE.find((one) => one === name);
  if (property === undefined || written === undefined) throw malformed(search);
  const value = written.replaceAll(/\\(.)/gs, '$1').trim().toLowerCase();
  if (property !== SPLIT)
    return (user) =>
      String(user[property] ?? '')
        .toLowerCase()
        .startsWith(value);
  return byName(wordsOf(value));
}

/** Many people share a name: what was found out about one is kept, for as long as the search lasts. */
function byName(wanted: readonly string[]): Test {
  const known = new Map<string, boolean>();
  return ({ displayName }) => {
    const before = known.get(displayName);
    if (before !== undefined) return before;
    const words = wordsOf(displayName);
    const isMatch = wanted.every((part) => words.some((word) => word.startsWith(part)));
    known.set(displayName, isMatch);
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
