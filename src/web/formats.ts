import type { Language } from './language.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', nl: 'nl-NL', de: 'de-DE' };

/** A moment for a `<time>` element: for people in UTC with the zone named, and for machines. */
export interface Moment {
  text: string;
  iso: string;
}

/** Writes a moment in a language; undefined where there is none. */
export function momentOf(language: Language, time: Date | undefined): Moment | undefined {
  if (time === undefined || Number.isNaN(time.getTime())) return undefined;
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'UTC',
  });
  return { text: format.format(time), iso: time.toISOString() };
}

/** Writes a whole number with the language's own grouping. */
export function numberText(language: Language, value: number): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

/** Seconds in words ("30 seconds"), and from two minutes on with the minutes as well. */
export function durationText(language: Language, seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  const exact = unitText(language, 'second', whole);
  return whole < 120 ? exact : `${exact} (${unitText(language, 'minute', Math.ceil(whole / 60))})`;
}

function unitText(language: Language, unit: 'second' | 'minute', value: number): string {
  return new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
