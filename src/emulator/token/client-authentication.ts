import { timingSafeEqual } from 'node:crypto';
import { aadstsError } from '../aadsts/index.ts';
import type { HttpRequest } from '../http/index.ts';
import type { Registration } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import type { ClientAuthentication } from '../tokens/index.ts';
import { checkClientAssertion } from './client-assertion.ts';

/** What the caller shows to prove that it is the app. */
interface PresentedCredentials {
  readonly clientId: string | undefined;
  readonly secret: string | undefined;
  readonly assertion: string | undefined;
}

/** Reads the credentials from the body or from HTTP Basic (wire reference C3). */
export function presentedCredentials(http: HttpRequest): PresentedCredentials {
  const [basicId, basicSecret] = basicOf(http.headers.authorization);
  return {
    clientId: http.body.client_id ?? basicId,
    secret: http.body.client_secret ?? basicSecret,
    assertion: http.body.client_assertion,
  };
}

/** HTTP Basic as OAuth writes it: both halves form-encoded first (RFC 6749 section 2.3.1). */
function basicOf(header: string | undefined): readonly (string | undefined)[] {
  if (!/^basic /i.test(header ?? '')) return [];
  const text = Buffer.from((header ?? '').slice(6), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return [];
  return [formDecoded(text.slice(0, colon)), formDecoded(text.slice(colon + 1))];
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value') ?? '';
}

/**
 * Checks the app's credential, or that a public client shows none (wire reference C3, C6). What a single-page
 * application was given is redeemed without one; a credential with an Origin header would have come from a browser.
 * @throws AadstsError 9002326, 700025, 7000218, 7000215, 7000222, 700027
 */
export function authenticateClient(
  http: HttpRequest,
  registration: Registration,
  world: World,
  isSpa = false,
): ClientAuthentication {
  const { secret, assertion } = presentedCredentials(http);
  const shows = secret !== undefined || assertion !== undefined;
  const { origin } = http.headers;
  if (shows && origin !== undefined) throw aadstsError(9002326, { origin });
  if (!shows && (isSpa || registration.isPublic)) return '0';
  if (!shows) throw aadstsError(7000218);
  if (registration.isPublic && !registration.friendly) throw aadstsError(700025);
  if (assertion === undefined) {
    checkSecret(secret ?? '', registration, world.now());
    return '1';
  }
  checkClientAssertion(http, assertion, registration, world);
  return '2';
}

function checkSecret(secret: string, registration: Registration, nowMs: number): void {
  const details = { client: registration.clientId };
  if (registration.friendly && secret !== '') return;
  const found = registration.secrets.find((one) => isSame(one.value, secret));
  if (found === undefined) throw aadstsError(7000215, details);
  if (found.expiresAt !== undefined && Date.parse(found.expiresAt) <= nowMs)
    throw aadstsError(7000222, details);
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
