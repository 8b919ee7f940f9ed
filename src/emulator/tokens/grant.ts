import { randomUUID } from 'node:crypto';
import type { Account, ApiScopes, RequestedScopes } from '../registry/index.ts';

/** What somebody let an app have: all that tokens are made from. */
export interface Grant {
  readonly clientId: string;
  readonly username: string;
  readonly scopes: RequestedScopes;
  readonly nonce: string | undefined;
  readonly sid: string;
  readonly authTimeMs: number;
  /** Optional ID-token claims that the claims parameter asked for by name. */
  readonly idTokenClaims: readonly string[];
  /** Whether the client said that it handles claims challenges (`xms_cc` = cp1; wire reference G7). */
  readonly handlesClaims: boolean;
  /** When all refresh tokens of a single-page application end, in milliseconds; undefined for other apps. */
  readonly spaUntilMs?: number | undefined;
  /** App roles that were chosen for this sign-in, in place of the account's own. */
  readonly roles?: readonly string[] | undefined;
  /** The user flow of B2C, if any. */
  readonly policy?: string | undefined;
}

/** A grant that no authorization request led to, in a session of its own. */
export function grantWithoutRequest(
  given: Pick<Grant, 'clientId' | 'username' | 'scopes' | 'authTimeMs'> & Partial<RequestedClaims>,
): Grant {
  return { nonce: undefined, sid: randomUUID(), idTokenClaims: [], handlesClaims: false, ...given };
}

/** How a client authenticated: not at all, with a secret, or with a certificate (wire reference K1). */
export type ClientAuthentication = '0' | '1' | '2';

/** A grant with its account, at the origin that tokens name. */
export interface AccountGrant extends Grant {
  readonly account: Account;
  readonly origin: string;
  /** Whether the app is one of Microsoft's own family of clients (wire reference C5, `foci`). */
  readonly isFamily: boolean;
  /** The API that the access token is for. */
  readonly api: ApiScopes;
  readonly clientAuthentication: ClientAuthentication;
  /** Of the endpoint that was asked, and so of the ID token. */
  readonly version: 1 | 2;
  /** Empty where there is none. */
  readonly policy: string;
}

/** What is kept of a grant until it is redeemed or renewed. */
export function keptGrant(grant: AccountGrant): Grant {
  const { account: _account, origin: _origin, isFamily: _family, api: _api, ...rest } = grant;
  const { clientAuthentication: _authentication, version: _version, ...kept } = rest;
  return kept;
}

/** What a claims parameter asks for (OpenID Connect Core 5.5), as far as the emulator serves it. */
export type RequestedClaims = Pick<Grant, 'idTokenClaims' | 'handlesClaims'>;

/** Reads a claims parameter; undefined when it is not a JSON object. */
export function readClaims(parameter: string | undefined): RequestedClaims | undefined {
  if (parameter === undefined || parameter === '') return { idTokenClaims: [], handlesClaims: false };
  try {
    const claims: unknown = JSON.parse(parameter);
    if (typeof claims !== 'object' || claims === null) return undefined;
    const capabilities = member(member(member(claims, 'access_token'), 'xms_cc'), 'values');
    return {
      idTokenClaims: Object.keys(member(claims, 'id_token') ?? {}),
      handlesClaims: Array.isArray(capabilities) && capabilities.includes('cp1'),
    };
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): object | undefined {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'object' && found !== null ? found : undefined;
}
