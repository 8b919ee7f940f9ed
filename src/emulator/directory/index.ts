export { createDirectories, type Directories, type Directory } from './directory.ts';
export type { DirectoryUser } from './directory-user.ts';
export type { Group } from './groups.ts';
export type { SortProperty } from './order.ts';
export { portraitOf } from './portraits.ts';
