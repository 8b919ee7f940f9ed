import type { Request } from 'express';

/** What a browser says of itself, as far as people know their own by it. */
export interface BrowserName {
  browser?: string;
  system?: string;
}

/** In this order: most name another one too, which they descend from or want to be taken for. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPT|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/\S+ .*\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\biPad\b/, 'iPadOS'],
  [/\b(iPhone|iPod)\b/, 'iOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Longer ones are of no browser. */
const MOST_CHARACTERS = 1_024;

/** One of a few words each, or none: nothing else of what the header holds is to be kept. */
export function browserOf(request: Request): BrowserName {
  const given = (request.get('User-Agent') ?? '').slice(0, MOST_CHARACTERS);
  const [browser, system] = [BROWSERS, SYSTEMS].map(
    (known) => known.find(([pattern]) => pattern.test(given))?.[1],
  );
  return { ...(browser === undefined ? {} : { browser }), ...(system === undefined ? {} : { system }) };
}
