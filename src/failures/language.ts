/** The languages that the pages exist in, the fallback first. */
export const LANGUAGES = ['en', 'nl', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language's own name for itself, for the language switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  nl: 'Nederlands',
  de: 'Deutsch',
};

const FALLBACK: Language = LANGUAGES[0];

/** No honest browser lists more; what comes after them is not looked at. */
const MAX_RANGES = 100;

/** A language range with its weight, RFC 9110 section 12.5.4 and 12.4.2. */
const RANGE = /^(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8})(?:;q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

interface Preference {
  /** Primary subtag, or `*`. */
  subtag: string;
  quality: number;
}

/** Whether the pages exist in this language. */
export function isLanguage(tag: string | undefined): tag is Language {
  return LANGUAGES.some((language) => language === tag);
}

/**
 * Chooses the language of a page.
 * @param acceptLanguage the request's header, which may hold anything
 * @param remembered what the person chose before; wins where it is a language of ours
 */
export function negotiateLanguage(
  acceptLanguage: string | undefined,
  remembered: string | undefined,
): Language {
  if (isLanguage(remembered)) return remembered;
  const preferences = (acceptLanguage ?? '').split(',', MAX_RANGES).flatMap(readRange);
  const wanted = preferences.flatMap((preference) => expand(preference, preferences));
  wanted.sort((left, right) => right.quality - left.quality);
  return wanted.find(({ quality }) => quality > 0)?.language ?? FALLBACK;
}

function readRange(text: string): Preference[] {
  if (text.length > 120) return [];
  const [, range = '', quality = '1'] = RANGE.exec(text.replaceAll(/\s/g, '').toLowerCase()) ?? [];
  const [subtag = ''] = range.split('-');
  return subtag === '' ? [] : [{ subtag, quality: Number(quality) }];
}

/** `*` stands for each of our languages that the header does not name. */
function expand({ subtag, quality }: Preference, all: Preference[]) {
  if (isLanguage(subtag)) return [{ language: subtag, quality }];
  if (subtag !== '*') return [];
  return LANGUAGES.filter((language) => !all.some((other) => other.subtag === language)).map((language) => ({
    language,
    quality,
  }));
}
