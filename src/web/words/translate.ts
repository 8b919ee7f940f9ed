import { createInstance } from 'i18next';
import { LANGUAGES, type Language } from '../language.ts';
import { CATALOGUES } from './catalogues.ts';

/** Looks words up in one language, by their path in the catalogue; `count` chooses the plural form. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Texts with values that are kept made; many pages show the same few, such as how many people there are. */
const MOST_FILLED = 500;

/**
 * Makes the words of every language ready, in an instance of its own. Words without values are looked up once: keys
 * come from templates and tables of ours, so there are only so many.
 */
export function loadWords(): Readonly<Record<Language, Translate>> {
  const instance = createInstance();
  instance.init({
    resources: Object.fromEntries(
      LANGUAGES.map((language) => [language, { translation: CATALOGUES[language] }]),
    ),
    fallbackLng: LANGUAGES[0],
    initAsync: false,
    nsSeparator: false,
    // The templates escape; escaping here as well would show entities to people.
    interpolation: { escapeValue: false },
  });
  const inLanguage = (language: Language): Translate => {
    const translate = instance.getFixedT(language);
    const fixed = new Map<string, string>();
    const filled = new Map<string, string>();
    return (key, values) => {
      if (values !== undefined) {
        const name = JSON.stringify([key, values]);
        const text = filled.get(name) ?? translate(key, { ...values });
        if (filled.size >= MOST_FILLED) filled.clear();
        filled.set(name, text);
        return text;
      }
      const known = fixed.get(key) ?? translate(key);
      fixed.set(key, known);
      return known;
    };
  };
  return { en: inLanguage('en'), nl: inLanguage('nl'), de: inLanguage('de') };
}
