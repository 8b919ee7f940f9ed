import { parse, type SerializeOptions, serialize } from 'cookie';
import { type CookiePlace, cookieNameAt } from '../../public-address.ts';

const ONE_YEAR_SECONDS = 31_536_000;

/**
 * A cookie that remembers what somebody chose, and nothing else. Over https the name has the prefix `__Host-`: another host of the same domain can neither plant such a cookie nor
 * write over it (RFC 6265bis, section 4.1.3.2). One from before, without it, counts until somebody chooses again.
 */
export function preferenceCookie(name: 'language' | 'appearance', place: CookiePlace) {
  const options: SerializeOptions = { ...place, httpOnly: true, sameSite: 'lax' };
  const own = cookieNameAt(place, name);
  const cookiesIn = (header: string | undefined) => parse(header ?? '');
  return {
    /** @param header of the request; @returns whatever stands in the cookie */
    read(header: string | undefined): string | undefined {
      const cookies = cookiesIn(header);
      return cookies[own] ?? cookies[name];
    },
    /** Lines for Set-Cookie that remember a choice for a year. */
    remember(choice: string, header: string | undefined): string[] {
      const isThereFromBefore = own !== name && cookiesIn(header)[name] !== undefined;
      return [
        serialize(own, choice, { ...options, maxAge: ONE_YEAR_SECONDS }),
        ...(isThereFromBefore ? [serialize(name, '', { ...options, maxAge: 0 })] : []),
      ];
    },
  };
}
