export type { DirectoryAccess } from './directory-access.ts';
export { createKnownTotals, type KnownTotals } from './known-totals.ts';
export { allOf, searchQuery } from './list-links.ts';
export { pagesAround } from './people-paging.ts';
export {
  MAX_SEARCH_CHARACTERS,
  PAGE_SIZE,
  PAGE_SIZES,
  type PageSize,
  type PeopleQuery,
  peopleUrl,
  readPeopleQuery,
  readSearch,
} from './people-query.ts';
