import { searchExpression } from '../lists/index.ts';

/** How to look for people: the directory's own search, or the beginnings of names and addresses. */
type SearchMode = 'words' | 'beginnings';

/** Where a search for a person looks. */
const SEARCHED = ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'] as const;

/** The query options of a search for people (Microsoft Graph: `$search`, and `$filter` with startswith). */
export function searchOption(text: string, mode: SearchMode): [name: string, value: string] {
  return mode === 'words' ? ['$search', searchExpression(text, SEARCHED)] : ['$filter', beginsWith(text)];
}

/** The directory's search goes by words; a text without a letter or digit has none. */
export function searchModeOf(text: string): SearchMode {
  return /[\p{L}\p{N}]/u.test(text) ? 'words' : 'beginnings';
}

/** OData: a text stands in single quotes, where a single quote is doubled. */
function beginsWith(text: string): string {
  const literal = `'${text.replaceAll("'", "''")}'`;
  return SEARCHED.map((property) => `startswith(${property},${literal})`).join(' or ');
}
