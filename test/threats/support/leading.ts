import { HOSTILE_TARGETS } from '../../support/hostile-targets.ts';

/** Those that can be sent in the path or query of a raw request line. */
export const RAW_TARGETS = HOSTILE_TARGETS.filter((target) => /^[^\0\r\n ]{1,2000}$/.test(target));

/** Where a browser would end: the origin, and whether any reading of the path is one of another host. */
export function leadsFrom(base: string, location: string | undefined): string {
  if (location === undefined) return 'nowhere';
  if (!URL.canParse(location, base)) return `junk ${location}`;
  const url = new URL(location, base);
  if (url.origin !== base) return `away: ${location}`;
  const readings = [location, url.pathname, decoded(url.pathname)];
  return readings.some((reading) => /^\/[/\\]|^[a-z]+:|[\r\n]/i.test(reading))
    ? `perhaps away: ${location}`
    : 'here';
}

/** As short as it may be written: ten thousand slashes still fit a request line. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/');
}

/** A target in the bytes of a raw request line. */
export function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
