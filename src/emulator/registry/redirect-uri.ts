import { isLoopbackHost } from '../http/index.ts';
import { MAX_REDIRECT_URI_LENGTH } from './redirect-uri-rules.ts';
import type { Registration } from './registrations.ts';

function parse(uri: string): URL | undefined {
  return URL.canParse(uri) ? new URL(uri) : undefined;
}

/** Whether a registered and a requested URI are the same but for the port, which counts not on http://localhost. */
function matches(registered: string, requested: string): boolean {
  if (registered === requested) return true;
  const [one, other] = [parse(registered), parse(requested)];
  if (one === undefined || other === undefined || requested.includes('#')) return false;
  if (other.username !== '' || other.password !== '') return false;
  const portCounts = one.protocol !== 'http:' || one.hostname !== 'localhost';
  if (portCounts || other.protocol !== 'http:' || other.hostname !== 'localhost') return false;
  return `${one.pathname}${one.search}` === `${other.pathname}${other.search}`;
}

/**
 * Whether an app may have responses sent to a URI (wire reference B3, "redirect match"). A friendly registration also
 * takes any web address on this machine.
 */
export function acceptsRedirectUri(registration: Registration, uri: string): boolean {
  if (uri.length > MAX_REDIRECT_URI_LENGTH) return false;
  if (registration.redirectUris.some((one) => matches(one, uri))) return true;
  if (isSpaRedirectUri(registration, uri)) return true;
  return registration.friendly && isLoopbackUri(uri);
}

/** Whether a URI is registered with the type single-page application. */
export function isSpaRedirectUri({ spaRedirectUris }: Registration, uri: string): boolean {
  return spaRedirectUris.some((one) => matches(one, uri));
}

/**
 * Whether admin consent (v1) may answer at a URI: extra path segments after a registered one are good there
 * (wire reference E).
 */
export function acceptsBelow(registration: Registration, uri: string): boolean {
  const url = parse(uri);
  if (url === undefined || url.username !== '' || uri.includes('#') || uri.includes('?')) return false;
  return registration.redirectUris.some((one) => url.href.startsWith(`${one.replace(/\/$/, '')}/`));
}

/** Whether a registered URI leads to this machine, to a host allowed by name, or to an app by its own scheme. */
export function staysHere(uri: string, allowedHosts: readonly string[]): boolean {
  const url = parse(uri);
  if (url === undefined) return false;
  if (/^(javascript|data|vbscript|blob|file):$/.test(url.protocol)) return false;
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return !isWeb || isLoopbackUri(uri) || allowedHosts.includes(url.hostname);
}

/** Whether a URI is a web address on this machine, without user info or fragment. */
function isLoopbackUri(uri: string): boolean {
  const url = parse(uri);
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  return isLoopbackHost(url.hostname) && url.username === '' && url.password === '' && !uri.includes('#');
}

/** A redirect URI as answers are sent to it: one without a path gets its `/` (B3). */
export function responseUri(uri: string): string {
  const url = parse(uri);
  return url !== undefined && url.pathname === '/' && !uri.endsWith('/') ? url.href : uri;
}
