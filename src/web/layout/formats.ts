import type { Language } from '../../failures/index.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', nl: 'nl-NL', de: 'de-DE' };

/**
 * Making a formatter costs far more than using it, so there is one of each kind for each language, made when it is
 * wanted first: all of them together are a part of every start that can be felt.
 */
const FORMATTERS = {
  moment: perLanguage(
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }),
  ),
  number: perLanguage((locale) => new Intl.NumberFormat(locale)),
  percent: perLanguage((locale) => new Intl.NumberFormat(locale, { style: 'percent' })),
  second: perLanguage((locale) => unitFormat(locale, 'second')),
  minute: perLanguage((locale) => unitFormat(locale, 'minute')),
  list: perLanguage((locale) => new Intl.ListFormat(locale)),
};

/** A moment for a `<time>` element: for people in UTC with the zone named, and for machines. */
export interface Moment {
  text: string;
  iso: string;
}

/** Writes a moment in a language; undefined where there is none. */
export function momentOf(language: Language, time: Date | undefined): Moment | undefined {
  if (time === undefined || Number.isNaN(time.getTime())) return undefined;
  return { text: FORMATTERS.moment(language).format(time), iso: time.toISOString() };
}

/** Writes a whole number with the language's own grouping. */
export function numberText(language: Language, value: number): string {
  return FORMATTERS.number(language).format(value);
}

/** A share of the whole, such as "56%"; whole numbers, and 100 only for the whole. */
export function percentText(language: Language, share: number): string {
  return FORMATTERS.percent(language).format(Math.floor(share * 100) / 100);
}

/** Seconds in words ("30 seconds"), and from two minutes on "2 minutes and 30 seconds". */
export function durationText(language: Language, seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  const exact = FORMATTERS.second(language).format(whole);
  if (whole < 120) return exact;
  const minutes = FORMATTERS.minute(language).format(Math.floor(whole / 60));
  const left = whole % 60;
  return left === 0
    ? minutes
    : FORMATTERS.list(language).format([minutes, FORMATTERS.second(language).format(left)]);
}

function perLanguage<Formatter>(make: (locale: string) => Formatter): (language: Language) => Formatter {
  const made = new Map<Language, Formatter>();
  return (language) => {
    const formatter = made.get(language) ?? make(LOCALES[language]);
    made.set(language, formatter);
    return formatter;
  };
}

function unitFormat(locale: string, unit: 'second' | 'minute'): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
}
