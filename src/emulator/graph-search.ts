import type { DirectoryUser } from './directory.ts';
import { GraphError } from './graph-error.ts';

/** Whether somebody is meant by a query. */
export type Test = (user: DirectoryUser) => boolean;

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

/**
 * Reads a `$search`: quoted `"property:value"` clauses with AND, OR and parentheses.
 * @throws GraphError 400
 */
export function readSearch(search: string): Test {
  const tokens = search.match(/"(?:[^"\\]|\\.)*"|\(|\)|[^\s()"]+/g) ?? [];
  let at = 0;
  const next = (): string | undefined => tokens[at]?.toUpperCase();
  const anyOf = (): Test => {
    const tests = [allOf()];
    for (; next() === 'OR'; ) tests.push(after(allOf));
    return (user) => tests.some((test) => test(user));
  };
  const allOf = (): Test => {
    const tests = [one()];
    for (; next() === 'AND'; ) tests.push(after(one));
    return (user) => tests.every((test) => test(user));
  };
  const after = (read: () => Test): Test => {
    at++;
    return read();
  };
  const one = (): Test => {
    const token = tokens[at++] ?? '';
    if (token !== '(') return readClause(token, search);
    const inner = anyOf();
    if (tokens[at++] !== ')') throw malformed(search);
    return inner;
  };
  const whole = anyOf();
  if (at !== tokens.length) throw malformed(search);
  return whole;
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
