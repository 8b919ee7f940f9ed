export { queryOf, writeListing } from './listing.ts';
