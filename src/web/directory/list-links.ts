/** Where the list of everybody, or of everybody who matches a search, begins. */
export function allOf(search: string | undefined): string {
  return `/graphcall${searchQuery(search)}`;
}

/** The query of a search, with its `?`; empty where everybody is meant. */
export function searchQuery(search: string | undefined): string {
  return search === undefined ? '' : `?${new URLSearchParams({ search })}`;
}
