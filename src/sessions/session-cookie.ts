import { createHash, createHmac } from 'node:crypto';
import { serialize } from 'cookie';
import type { Request, Response } from 'express';
import { type CookiePlace, cookieNameAt } from '../public-address.ts';
import { leaveOutCookie } from '../set-cookie.ts';

/** The cookie of a session, in the form that express-session gives it. */
interface SessionCookie {
  name: string;
  attributes: { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean };
  /** Newest first; the first one signs, each is taken. */
  keys: string[];
  /**
   * Sends the cookie again where an older secret signed it, so that the older secret can be taken away, and ends one of
   * ours whose session is over. Any other cookie of that name is left alone.
   * @param sid of the open session
   */
  keepUp(sid: string | undefined, request: Request, response: Response): void;
  end(response: Response): void;
  /** Takes out of the response what was said of the cookie so far. */
  leaveOut(response: Response): void;
}

/**
 * @param secrets newest first
 * @param place `cookieName` is the cookie's, before what https adds
 */
export function createSessionCookie(
  secrets: readonly string[],
  place: CookiePlace & { cookieName: string },
): SessionCookie {
  const { secure, path } = place;
  const name = cookieNameAt(place, place.cookieName);
  const signedId = new RegExp(`(?:^|; ?)${name}=s%3A([\\w-]+)\\.`);
  const attributes = { path, httpOnly: true, sameSite: 'lax', secure } as const;
  const keys = secrets.map(cookieKey);
  const holds = (header: string, sid: string, key: string) =>
    header.includes(serialize(name, signed(sid, key)));

  const leaveOut = (response: Response) => leaveOutCookie(response, name);
  const end = (response: Response) => {
    leaveOut(response);
    response.clearCookie(name, attributes);
  };
  const renew = (sid: string, header: string, response: Response) => {
    const [newest = '', ...older] = keys;
    if (older.length === 0 || holds(header, sid, newest)) return;
    response.append('Set-Cookie', serialize(name, signed(sid, newest), attributes));
  };
  const isOurs = (header: string) => {
    const sid = header.match(signedId)?.[1] ?? '';
    return sid !== '' && keys.some((key) => holds(header, sid, key));
  };

  return {
    name,
    attributes,
    keys,
    end,
    leaveOut,
    keepUp(sid, { headers: { cookie = '' } }, response) {
      if (sid !== undefined) renew(sid, cookie, response);
      else if (isOurs(cookie)) end(response);
    },
  };
}

/** Signing and sealing use different keys, so that neither tells anything of the other. */
function cookieKey(secret: string): string {
  return createHash('sha256').update(`session cookie ${secret}`).digest('base64url');
}

/** As express-session signs (cookie-signature). */
function signed(sid: string, key: string): string {
  return `s:${sid}.${createHmac('sha256', key).update(sid).digest('base64').replace(/=+$/, '')}`;
}
