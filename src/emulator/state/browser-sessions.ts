import { randomBytes, randomUUID } from 'node:crypto';
import { cookieOf, type HttpRequest } from '../http/index.ts';
import type { ExpiringMap } from './expiring-map.ts';

/** Somebody signed in at the emulator in one browser. */
export interface SignedIn {
  readonly username: string;
  readonly authTimeMs: number;
  /** App roles that were chosen at the sign-in. */
  readonly roles?: readonly string[];
}

/** One browser's session at the emulator: what single sign-on rests on. */
export interface BrowserSession {
  readonly cookie: string;
  /** The `sid` claim and `session_state` (wire reference D). */
  readonly sid: string;
  readonly people: readonly SignedIn[];
  /** Client ids that got a code in this session: they are told of the sign-out. */
  readonly clientIds: readonly string[];
}

/** Cookies do not know ports: the name must not meet that of an app on another port of localhost. */
const COOKIE = 'emulator_session';
const MAX_APPS = 50;

/** The session of the browser that asks; a new, empty one (not yet kept) when it has none. */
export function sessionOf(http: HttpRequest, sessions: ExpiringMap<BrowserSession>): BrowserSession {
  const found = sessions.get(cookieOf(http, COOKIE) ?? '');
  return (
    found ?? { cookie: randomBytes(24).toString('base64url'), sid: randomUUID(), people: [], clientIds: [] }
  );
}

/** The session with somebody signed in (again). */
export function withPerson(session: BrowserSession, person: SignedIn): BrowserSession {
  const others = session.people.filter((one) => one.username !== person.username);
  return { ...session, people: [...others, person] };
}

/** The session with an app that will be told when it ends. */
export function withClient(session: BrowserSession, clientId: string): BrowserSession {
  const others = session.clientIds.filter((one) => one !== clientId);
  return { ...session, clientIds: [...others, clientId].slice(-MAX_APPS) };
}

/** The header that keeps a session in the browser. */
export function sessionCookie(session: BrowserSession, origin: string): Record<string, string> {
  return { 'Set-Cookie': `${COOKIE}=${session.cookie}; ${cookieRules(origin)}` };
}

/** Over https the cookie comes along in another site's frame too: a silent sign-in needs that (wire reference K4). */
function cookieRules(origin: string): string {
  return `Path=/; HttpOnly; ${origin.startsWith('https:') ? 'SameSite=None; Secure' : 'SameSite=Lax'}`;
}

/** The header that ends a session in the browser. */
export function endedSessionCookie(origin: string): Record<string, string> {
  return { 'Set-Cookie': `${COOKIE}=; ${cookieRules(origin)}; Max-Age=0` };
}
