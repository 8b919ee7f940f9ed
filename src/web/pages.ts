import type { AssetDigests } from '../http/index.ts';
import { createAccountPages } from './account/index.ts';
import { createExportPages } from './export/index.ts';
import { createFailurePages } from './failure/index.ts';
import { createHomePages } from './home/index.ts';
import { loadLayout } from './layout/index.ts';
import { createPeoplePages } from './people/index.ts';
import { createSessionPages } from './sessions/index.ts';

/** One function per page; each returns the whole HTML text in the frame's language. */
export type Pages = ReturnType<typeof loadPages>;

/**
 * Reads and compiles every template, once.
 * @param folder of the `.ejs` files
 * @param version of the app, for the footer
 * @param assets by which the addresses of styles and scripts change with what they hold
 * @throws where a template is missing or no valid template
 */
export function loadPages(folder: URL | string, version = '', assets: AssetDigests = new Map()) {
  const layout = loadLayout(folder, version, assets);
  return {
    words: layout.words,
    ...createHomePages(layout),
    ...createAccountPages(layout),
    ...createSessionPages(layout),
    ...createPeoplePages(layout),
    ...createExportPages(layout),
    ...createFailurePages(layout),
  };
}
