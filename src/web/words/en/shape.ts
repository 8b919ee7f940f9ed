import type { enAccess } from './access.ts';
import type { enDirectory } from './directory.ts';
import type { en } from './pages.ts';

/** What the pages about the directory say; English sets the shape. */
export type DirectoryCatalogue = typeof enDirectory;

/** What the pages about permissions, consent and sessions say; English sets the shape. */
export type AccessCatalogue = typeof enAccess;

/** Everything else that the pages say; English sets the shape. */
export type PageCatalogue = typeof en;
