import type { Language } from './language.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', nl: 'nl-NL', de: 'de-DE' };

/** Making a formatter costs far more than using it, so there is one of each kind for each language. */
const FORMATTERS = {
  moment: perLanguage(
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }),
  ),
  number: perLanguage((locale) => new Intl.NumberFormat(locale)),
  second: perLanguage((locale) => unitFormat(locale, 'second')),
  minute: perLanguage((locale) => unitFormat(locale, 'minute')),
};

/** A moment for a `<time>` element: for people in UTC with the zone named, and for machines. */
export interface Moment {
  text: string;
  iso: string;
}

/** Writes a moment in a language; undefined where there is none. */
export function momentOf(language: Language, time: Date | undefined): Moment | undefined {
  if (time === undefined || Number.isNaN(time.getTime())) return undefined;
  return { text: FORMATTERS.moment[language].format(time), iso: time.toISOString() };
}

/** Writes a whole number with the language's own grouping. */
export function numberText(language: Language, value: number): string {
  return FORMATTERS.number[language].format(value);
}

/** Seconds in words ("30 seconds"), and from two minutes on with the minutes as well. */
export function durationText(language: Language, seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  const exact = FORMATTERS.second[language].format(whole);
  return whole < 120 ? exact : `${exact} (${FORMATTERS.minute[language].format(Math.ceil(whole / 60))})`;
}

function perLanguage<Formatter>(make: (locale: string) => Formatter): Readonly<Record<Language, Formatter>> {
  return { en: make(LOCALES.en), nl: make(LOCALES.nl), de: make(LOCALES.de) };
}

function unitFormat(locale: string, unit: 'second' | 'minute'): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
}
