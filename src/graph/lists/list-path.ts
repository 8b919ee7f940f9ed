/** What to ask of a list, in the words of OData. */
export interface ListWishes {
  /** `$top`: rows on one page, 1 to 999. */
  top?: number | undefined;
  /** `$select`: properties. */
  select?: readonly string[] | undefined;
  /** Text that a name or an address has to begin with. */
  search?: string | undefined;
  /** `$filter`, as written by whoever asks. */
  filter?: string | undefined;
}

/** Where a search looks. */
const SEARCHED = ['displayName', 'mail', 'userPrincipalName'] as const;

/** The path of a list with its query options; `path` may hold some already. */
export function listPath(path: string, { top, select, search, filter }: ListWishes): string {
  const options: [string, string | undefined][] = [
    ['$select', select?.join(',')],
    ['$search', search === undefined ? undefined : searchExpression(search)],
    ['$filter', filter],
    ['$count', search === undefined && filter === undefined ? undefined : 'true'],
    ['$top', top === undefined ? undefined : String(top)],
  ];
  const query = options.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  if (query.length === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query.join('&')}`;
}

/**
 * Headers that the list and each of its pages need: searching and the advanced filters are answered only with
 * eventual consistency (Microsoft Graph: Advanced query capabilities on directory objects).
 */
export function listHeaders({ search, filter }: ListWishes): Record<string, string> {
  return search === undefined && filter === undefined ? {} : { ConsistencyLevel: 'eventual' };
}

/** Microsoft Graph: `$search`; the text stands in double quotes, where `"` and `\` are written with a `\`. */
export function searchExpression(text: string, properties: readonly string[] = SEARCHED): string {
  const escaped = text.replace(/[\\"]/g, '\\$&');
  return properties.map((property) => `"${property}:${escaped}"`).join(' OR ');
}
