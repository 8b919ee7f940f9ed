export { listHeaders, listPath, searchExpression } from './list-path.ts';
export { readNextLink } from './next-link.ts';
export { type Row, type RowPage, readPages } from './pages.ts';
export { readRows, readTotal } from './rows.ts';
