import { isDirectoryList } from './directory-lists.ts';

/** What to ask of a list, in the words of OData. */
interface ListChanges {
  /** `$top`: rows on one page, 1 to 999. */
  top?: number | undefined;
  /** The same, where the list's own query says nothing of it. */
  topUnlessSaid?: number | undefined;
  /** `$select`: properties. */
  select?: readonly string[] | undefined;
  /** Text that a name or an address has to begin with. */
  search?: string | undefined;
  /** `$filter`, as the asker wrote it. */
  filter?: string | undefined;
}

/** How to ask for a list. */
export interface ListQuery {
  /** With the query. */
  path: string;
  /** Go with each page. */
  headers: Readonly<Record<string, string>>;
  /** The properties that are asked for, where any are named. */
  select: readonly string[] | undefined;
}

/** A query option: `name` as it was written, `key` as OData calls it. */
interface Option {
  key: string;
  name: string;
  value: string;
}

/** OData's system query options, which Graph also takes without their `$`. */
const SYSTEM_OPTIONS = new Set([
  'count',
  'expand',
  'filter',
  'format',
  'orderby',
  'search',
  'select',
  'skip',
  'skiptoken',
  'top',
]);
/** Where a search looks. */
const SEARCHED = ['displayName', 'mail', 'userPrincipalName'] as const;

/**
 * Joins the query of a list with changes, which take the place of the same options; Graph refuses an option that stands
 * there twice. Of a list of directory objects, whatever searches, filters or sorts is an advanced query: what works
 * without works with it too, and much does not work without.
 * @param path with the list's own query, if it has one
 * @see https://learn.microsoft.com/graph/aad-advanced-queries
 */
export function listQuery(path: string, changes: ListChanges): ListQuery {
  const [pathname = '', query = ''] = path.split(/\?(.*)/s, 2);
  const options = merged(joined(optionsOf(query)), changedOptions(changes));
  const isAdvanced = isDirectoryList(pathname) && needsAdvanced(options);
  const top = topOf(options, changes);
  const all = [...options, ...(isAdvanced ? countUnlessSaid(options) : []), ...top];
  const counts = all.some(({ key, value }) => key === '$count' && value === 'true');
  return {
    path: `${pathname}${all.length === 0 ? '' : '?'}${all.map(written).join('&')}`,
    headers: isAdvanced || counts ? { ConsistencyLevel: 'eventual' } : {},
    select: selectedIn(options),
  };
}

/** An option that a list's own query holds twice, and not with the same value: it cannot be known which one counts. */
export function ambiguousOption(query: string): string | undefined {
  const options = optionsOf(query).filter(({ key }) => key.startsWith('$') && key !== '$select');
  return options.find(({ key, value }) => options.some((one) => one.key === key && one.value !== value))?.key;
}

function optionsOf(query: string): Option[] {
  return [...new URLSearchParams(query)].map(([name, value]) => {
    const bare = name.replace(/^\$/, '').toLowerCase();
    return { key: SYSTEM_OPTIONS.has(bare) ? `$${bare}` : name, name, value };
  });
}

/** Each system option once: the properties of all that select some, else the first. */
function joined(options: readonly Option[]): Option[] {
  const first = options.filter(
    ({ key }, index) => !key.startsWith('$') || options.findIndex((one) => one.key === key) === index,
  );
  const select = options.filter(({ key }) => key === '$select').map(({ value }) => value);
  const names = new Set(select.join(',').split(','));
  return first.map((one) => (one.key === '$select' ? { ...one, value: [...names].join(',') } : one));
}

function changedOptions({ select, search, filter, top }: ListChanges): Option[] {
  const changes: [string, string | undefined][] = [
    ['$select', select?.join(',')],
    ['$search', search === undefined ? undefined : searchExpression(search)],
    ['$filter', filter],
    ['$top', top === undefined ? undefined : String(top)],
  ];
  return changes.flatMap(([key, value]) => (value === undefined ? [] : [{ key, name: key, value }]));
}

function merged(options: readonly Option[], changes: readonly Option[]): Option[] {
  return [...options.filter(({ key }) => !changes.some((one) => one.key === key)), ...changes];
}

const has = (options: readonly Option[], ...keys: string[]): boolean =>
  options.some(({ key }) => keys.includes(key));

/** Graph takes no `$expand` in an advanced query, so a filter beside it has to be one that works without. */
function needsAdvanced(options: readonly Option[]): boolean {
  if (has(options, '$search')) return true;
  return has(options, '$filter', '$orderby') && !has(options, '$expand');
}

function countUnlessSaid(options: readonly Option[]): Option[] {
  return has(options, '$count') ? [] : [{ key: '$count', name: '$count', value: 'true' }];
}

function topOf(options: readonly Option[], { topUnlessSaid }: ListChanges): Option[] {
  if (topUnlessSaid === undefined || has(options, '$top')) return [];
  return [{ key: '$top', name: '$top', value: String(topUnlessSaid) }];
}

function selectedIn(options: readonly Option[]): readonly string[] | undefined {
  const names = options.find(({ key }) => key === '$select')?.value.split(',');
  const trimmed = names?.map((name) => name.trim());
  return trimmed?.every((name) => /^\w+$/.test(name)) ? trimmed : undefined;
}

function written({ name, value }: Option): string {
  return `${encodeURIComponent(name).replace(/^%24/, '$')}=${encodeURIComponent(value)}`;
}

/** Microsoft Graph: `$search`; the text stands in double quotes, where `"` and `\` are written with a `\`. */
export function searchExpression(text: string, properties: readonly string[] = SEARCHED): string {
  const escaped = text.replace(/[\\"]/g, '\\$&');
  return properties.map((property) => `"${property}:${escaped}"`).join(' OR ');
}
