/** The languages that the pages exist in, the fallback first. */
export const LANGUAGES = ['en', 'nl', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language's own name for itself, for the language switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  nl: 'Nederlands',
  de: 'Deutsch',
};

/** Makes something for each language, once. */
export function eachLanguage<Made>(make: (language: Language) => Made): Readonly<Record<Language, Made>> {
  const made = LANGUAGES.map((language) => [language, make(language)] as const);
  return Object.fromEntries(made) as Record<Language, Made>;
}

/** Whether the pages exist in this language. */
export function isLanguage(tag: string | undefined): tag is Language {
  return LANGUAGES.some((language) => language === tag);
}

/** Express's request, as far as it tells which languages are accepted (RFC 9110, section 12.5.4). */
interface AcceptingRequest {
  acceptsLanguages(languages: string[]): string | false;
}

/**
 * Chooses the language of a page.
 * @param remembered what the person chose before; wins where it is a language of ours
 */
export function languageOf(request: AcceptingRequest, remembered?: string): Language {
  if (isLanguage(remembered)) return remembered;
  const accepted = request.acceptsLanguages([...LANGUAGES]) || undefined;
  return isLanguage(accepted) ? accepted : LANGUAGES[0];
}
