import { eachLanguage, type Language } from '../../failures/index.ts';
import { CATALOGUES } from './catalogues.ts';

/** Looks words up in one language, by their path in the catalogue; `count` chooses the plural form. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Makes the words of every language ready. */
export function loadWords(): Readonly<Record<Language, Translate>> {
  return eachLanguage((language): Translate => {
    const texts = new Map(textsIn(CATALOGUES[language]));
    const plural = new Intl.PluralRules(language);
    const textOf = (key: string, count: string | number | undefined) =>
      typeof count === 'number'
        ? (texts.get(`${key}_${plural.select(count)}`) ?? texts.get(`${key}_other`))
        : texts.get(key);
    return (key, values = {}) => filled(textOf(key, values.count) ?? key, values);
  });
}

/** Every text with its path, `users.heading`. */
function textsIn(words: object, path = ''): [path: string, text: string][] {
  return Object.entries(words).flatMap(([name, found]: [string, string | object]) =>
    typeof found === 'string' ? [[`${path}${name}`, found]] : textsIn(found, `${path}${name}.`),
  );
}

/** The templates escape: escaping here as well would show entities to people. */
function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  if (!text.includes('{{')) return text;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => `${values[name] ?? ''}`);
}
