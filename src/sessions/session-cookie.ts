import { createHash, createHmac } from 'node:crypto';
import { serialize } from 'cookie';
import type { Response } from 'express';

/** The cookie of a session, in the form that express-session gives it. */
export interface SessionCookie {
  name: string;
  attributes: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean };
  /** Newest first; the first one signs, each is taken. */
  keys: string[];
  /** Sends the cookie again where an older secret signed it, so that the older secret can be taken away. */
  renew(sid: string, given: string | undefined, response: Response): void;
}

/** @param secrets newest first */
export function createSessionCookie(secrets: readonly string[], secure: boolean): SessionCookie {
  const name = secure ? '__Host-session' : 'session';
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const keys = secrets.map(cookieKey);
  const [newest = '', ...older] = keys;
  return {
    name,
    attributes,
    keys,
    renew(sid, given, response) {
      if (older.length === 0) return;
      const value = signed(sid, newest);
      if (given?.includes(serialize(name, value)) !== true)
        response.append('Set-Cookie', serialize(name, value, attributes));
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
