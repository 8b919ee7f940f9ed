import { hash } from 'node:crypto';
import { serialize } from 'cookie';
import { type CookiePlace, cookieNameAt } from '../public-address.ts';
import type { Sealer } from './sealing.ts';
import type { SessionRecords } from './store/index.ts';

/** What became of an attempt to take a pending sign-in. */
export type Taken<Pending> =
  | { outcome: 'taken'; pending: Pending }
  | { outcome: 'missing' | 'unknown' | 'expired' | 'used' };

/**
 * Sign-ins that have left for the identity platform and not come back. Each lives in a cookie of its own, sealed
 * under the session secret and bound to its `state`: nothing is stored on the server for a visitor who never comes
 * back, ten tabs do not overwrite each other, and another browser has no use for the state.
 */
export interface PendingSignIns<Pending> {
  /** @returns values for Set-Cookie: the new one, and an end for those that are too many or too old */
  keep(state: string, pending: Pending, cookieHeader: string | undefined): string[];
  /**
   * Takes a pending sign-in: at most once over all processes.
   * @throws UpstreamError `store_unavailable` when nobody can tell whether it was taken before
   */
  take(state: string, cookieHeader: string | undefined): Promise<Taken<Pending>>;
  /** @returns values for Set-Cookie that end the cookie of this state */
  forget(state: string, cookieHeader: string | undefined): string[];
}

interface PendingSignInSettings<Pending> extends CookiePlace {
  /** How a pending sign-in is written; short, because it travels in a cookie. */
  text: { write(pending: Pending): string; read(text: string): Pending };
  sealer: Sealer;
  records: Pick<SessionRecords, 'useOnce'>;
  /** What the names of the cookies begin with: letters, digits and hyphens. */
  cookieName: string;
  now: () => number;
}

/** Ten minutes: as long as an authorization code lives. */
const LIFETIME_SECONDS = 600;
/** More tabs than this do not sign in at once; the oldest give way. */
const MOST_PER_BROWSER = 12;
/** A browser's whole Cookie header stays below what servers and proxies accept. */
const MOST_COOKIE_CHARACTERS = 3_400;

/** Pending sign-ins in cookies; the store only learns which of them were taken. */
export function createPendingSignIns<Pending>(
  settings: PendingSignInSettings<Pending>,
): PendingSignIns<Pending> {
  const { sealer, records, now, secure, path, cookieName, text } = settings;
  const prefix = cookieNameAt(settings, `${cookieName}-`);
  const options = { path, httpOnly: true, sameSite: 'lax', secure } as const;
  const end = (name: string) => serialize(name, '', { ...options, maxAge: 0 });
  const nowSeconds = () => Math.floor(now() / 1000);

  return {
    keep(state, pending, cookieHeader) {
      const sealed = sealer.seal(`${nowSeconds()} ${text.write(pending)}`, state);
      const value = Buffer.from(sealed, 'latin1').toString('base64url');
      const name = `${prefix}${nowSeconds().toString(36)}-${nameOf(state)}`;
      const surplus = surplusCookies(pendingCookies(cookieHeader, prefix), value.length, nowSeconds());
      return [...surplus.map(end), serialize(name, value, { ...options, maxAge: LIFETIME_SECONDS })];
    },

    async take(state, cookieHeader) {
      const cookies = pendingCookies(cookieHeader, prefix);
      const stateName = nameOf(state);
      const cookie = cookies.find(({ name }) => name.endsWith(`-${stateName}`));
      if (cookie === undefined) return { outcome: cookies.length === 0 ? 'missing' : 'unknown' };
      const opened = sealer.open(Buffer.from(cookie.value, 'base64url').toString('latin1'), state);
      if (opened === undefined) return { outcome: 'unknown' };
      const [atSeconds = ''] = opened.text.split(' ', 1);
      const expiresAtSeconds = Number(atSeconds) + LIFETIME_SECONDS;
      if (nowSeconds() >= expiresAtSeconds) return { outcome: 'expired' };
      const first = await records.useOnce(`sign-in-${stateName}`, (expiresAtSeconds + 60) * 1000);
      return first
        ? { outcome: 'taken', pending: text.read(opened.text.slice(atSeconds.length + 1)) }
        : { outcome: 'used' };
    },

    forget(state, cookieHeader) {
      const stateName = nameOf(state);
      return pendingCookies(cookieHeader, prefix)
        .filter(({ name }) => name.endsWith(`-${stateName}`))
        .map(({ name }) => end(name));
    },
  };
}

/** The state itself stays out of cookie names and store keys. */
function nameOf(state: string): string {
  return hash('sha256', state, 'base64url').slice(0, 22);
}

interface PendingCookie {
  name: string;
  value: string;
  atSeconds: number;
}

/**
 * Newest first. Read without a parser: values of ours need no decoding, and an object with names that occur once in the
 * life of the process costs the engine far more than this.
 */
function pendingCookies(cookieHeader: string | undefined, prefix: string): PendingCookie[] {
  if (cookieHeader === undefined || !cookieHeader.includes(prefix)) return [];
  return cookieHeader
    .split(/; */)
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=', 2);
      return { name, value, atSeconds: secondsIn(name.slice(prefix.length)) };
    })
    .sort((one, other) => other.atSeconds - one.atSeconds);
}

function secondsIn(name: string): number {
  const seconds = Number.parseInt(name.split('-')[0] ?? '', 36);
  return Number.isSafeInteger(seconds) ? seconds : 0;
}

/** Names of the cookies that have to give way to a new one. */
function surplusCookies(newestFirst: PendingCookie[], newCharacters: number, nowSeconds: number): string[] {
  let characters = newCharacters;
  return newestFirst
    .filter((cookie, index) => {
      characters += cookie.name.length + cookie.value.length + 3;
      const old = nowSeconds - cookie.atSeconds >= LIFETIME_SECONDS;
      return old || index >= MOST_PER_BROWSER - 1 || characters > MOST_COOKIE_CHARACTERS;
    })
    .map((cookie) => cookie.name);
}
