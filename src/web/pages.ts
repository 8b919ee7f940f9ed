import type { AssetDigests } from '../http/assets.ts';
import { type AccountPages, createAccountPages } from './account/account-pages.ts';
import { createExportPages, type ExportPages } from './export/export-pages.ts';
import { createFailurePages, type FailurePages } from './failure/failure-pages.ts';
import { createHomePages, type HomePages } from './home/home-pages.ts';
import { type Layout, loadLayout } from './layout/layout.ts';
import { createPeoplePages, type PeoplePages } from './people/people-pages.ts';

/** One function per page; each returns the whole HTML text in the frame's language. */
export type Pages = HomePages &
  AccountPages &
  PeoplePages &
  ExportPages &
  FailurePages &
  Pick<Layout, 'words'>;

/**
 * Reads and compiles every template, once.
 * @param folder of the `.ejs` files
 * @param version of the app, for the footer
 * @param assets by which the addresses of styles and scripts change with what they hold
 * @throws where a template is missing or no valid template
 */
export function loadPages(folder: URL | string, version = '', assets: AssetDigests = new Map()): Pages {
  const layout = loadLayout(folder, version, assets);
  return {
    words: layout.words,
    ...createHomePages(layout),
    ...createAccountPages(layout),
    ...createPeoplePages(layout),
    ...createExportPages(layout),
    ...createFailurePages(layout),
  };
}
