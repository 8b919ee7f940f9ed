import { createInstance } from 'i18next';
import { eachLanguage, LANGUAGES, type Language } from '../../failures/index.ts';
import { CATALOGUES } from './catalogues.ts';

/** Looks words up in one language, by their path in the catalogue; `count` chooses the plural form. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Texts that are kept looked up: far more than there are, unless they are counted. */
const MOST_KEPT = 2_000;

/**
 * Makes the words of every language ready, in an instance of its own. A text is looked up once, for each number that may
 * choose its plural form. Nothing that people typed or are called is kept: values are filled in afterwards, which takes
 * i18next as long as a seventh of a home page (docs/performance.md).
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
  });
  const inLanguage = (language: Language): Translate => {
    const translate = instance.getFixedT(language);
    const texts = new Map<string, string>();
    const textOf = (key: string, count: string | number | undefined): string => {
      const name = count === undefined ? key : `${key} ${count}`;
      const text = texts.get(name) ?? translate(key, { count, skipInterpolation: true });
      if (texts.size >= MOST_KEPT) texts.clear();
      texts.set(name, text);
      return text;
    };
    return (key, values = {}) => filled(textOf(key, values.count), values);
  };
  return eachLanguage(inLanguage);
}

/** The templates escape: escaping here as well would show entities to people. */
function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  if (!text.includes('{{')) return text;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => `${values[name] ?? ''}`);
}
