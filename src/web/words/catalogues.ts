import type { Language } from '../../failures/index.ts';
import { de, deAccess, deDirectory } from './de/index.ts';
import type { AccessCatalogue, DirectoryCatalogue, PageCatalogue } from './en/index.ts';
import { en, enAccess, enDirectory } from './en/index.ts';
import { nl, nlAccess, nlDirectory } from './nl/index.ts';

/** Every word of every language but those of failures, which the library has too. */
export const CATALOGUES: Readonly<Record<Language, PageCatalogue & AccessCatalogue & DirectoryCatalogue>> = {
  en: { ...en, ...enAccess, ...enDirectory },
  nl: { ...nl, ...nlAccess, ...nlDirectory },
  de: { ...de, ...deAccess, ...deDirectory },
};
