import { createInstance } from 'i18next';
import { eachLanguage, LANGUAGES, type Language } from '../../failures/index.ts';
import { CATALOGUES } from './catalogues.ts';

/** Looks words up in one language, by their path in the catalogue; `count` chooses the plural form. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Texts with numbers that are kept made; many pages show the same few, such as how many people there are. */
const MOST_COUNTED = 500;

/**
 * Makes the words of every language ready, in an instance of its own. Words without values are looked up once: keys
 * come from templates and tables of ours, so there are only so many. Nothing that people typed or are called is kept.
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
    const counted = new Map<string, string>();
    return (key, values) => {
      if (values === undefined) return keptIn(fixed, key, () => translate(key));
      const fill = () => translate(key, { ...values });
      if (!Object.values(values).every(isNumber)) return fill();
      if (counted.size >= MOST_COUNTED) counted.clear();
      return keptIn(counted, JSON.stringify([key, values]), fill);
    };
  };
  return eachLanguage(inLanguage);
}

function keptIn(texts: Map<string, string>, name: string, make: () => string): string {
  const text = texts.get(name) ?? make();
  texts.set(name, text);
  return text;
}

/** Also one that is written out, in any of the languages. */
function isNumber(value: string | number): boolean {
  return typeof value === 'number' || /^[\d.,]+$/.test(value);
}
