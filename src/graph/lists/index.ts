export { ambiguousOption, type ListQuery, listQuery, searchExpression } from './list-query.ts';
export { readNextLink } from './next-link.ts';
export { type Row, type RowPage, readPages } from './pages.ts';
export { readRows, readTotal } from './rows.ts';
