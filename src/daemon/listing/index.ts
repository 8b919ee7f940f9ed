export { firstPath, writeListing } from './listing.ts';
