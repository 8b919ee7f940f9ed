import { randomBytes, randomInt } from 'node:crypto';
import { isGuest, isPersonal } from '../registry/index.ts';
import type { AccountGrant } from './grant.ts';
import { pairwiseSubject } from './id-token.ts';
import type { KeyRing } from './keys.ts';
import type { Seal } from './seal.ts';
import { decodeToken, isSignedRs256, signRs256 } from './signed-token.ts';

/** Microsoft Graph's application id, one form of its audience (wire reference C5). */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** What an access token says, however it is written. Times in seconds. */
export interface AccessClaims {
  readonly aud: string;
  readonly iss: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly idtyp: 'user' | 'app';
  readonly appid: string;
  readonly tid: string;
  readonly oid: string;
  readonly sub: string;
  readonly uti: string;
  readonly ver: '1.0';
  readonly scp?: string;
  readonly roles?: readonly string[];
  readonly xms_cc?: readonly string[];
  /** The emulator's own: `iat` to the millisecond, so that a revocation divides before from after. */
  readonly emulator_iat_ms: number;
  readonly [name: string]: unknown;
}

/** A token with its lifetime in seconds. */
export interface AccessToken {
  readonly token: string;
  readonly lifetimeSeconds: number;
}

/** What access tokens are made with. */
export interface TokenParts {
  readonly now: () => number;
  readonly keys: KeyRing;
  readonly seal: Seal;
}

const HOUR_SECONDS = 3600;

/** 60 to 90 minutes at random; a day and 4 hours at most where the client handles claims challenges (C5, G7). */
function lifetimeSeconds(handlesClaims: boolean): number {
  if (handlesClaims) return randomInt(20 * HOUR_SECONDS, 28 * HOUR_SECONDS);
  return randomInt(HOUR_SECONDS, 1.5 * HOUR_SECONDS) - 1;
}

function baseClaims(tokens: TokenParts, tenantId: string, lifetime: number) {
  const now = Math.floor(tokens.now() / 1000);
  return {
    aud: GRAPH_APP_ID,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: now,
    emulator_iat_ms: tokens.now(),
    nbf: now,
    exp: now + lifetime,
    tid: tenantId,
    uti: randomBytes(16).toString('base64url'),
    ver: '1.0' as const,
  };
}

/** Makes a delegated access token: a JWT of the v1 shape, or for a personal account opaque and without dots (C5). */
export function makeUserAccessToken(grant: AccountGrant, scopes: string, tokens: TokenParts): AccessToken {
  const { account } = grant;
  const lifetime = lifetimeSeconds(grant.handlesClaims);
  const claims: AccessClaims = {
    ...baseClaims(tokens, account.tenantId, lifetime),
    acct: isGuest(account) ? 1 : 0,
    appid: grant.clientId,
    idtyp: 'user',
    name: account.displayName,
    oid: account.objectId,
    scp: scopes,
    sid: grant.sid,
    sub: pairwiseSubject(account, GRAPH_APP_ID),
    unique_name: account.username,
    upn: account.username,
    ...(grant.handlesClaims ? { xms_cc: ['cp1'] } : {}),
  };
  if (isPersonal(account)) {
    return { token: `EwB${tokens.seal.close(claims)}`, lifetimeSeconds: lifetime };
  }
  return { token: signed(claims, tokens), lifetimeSeconds: lifetime };
}

/** Makes an app-only access token; `appObjectId` stands for the app's service principal. */
export function makeAppAccessToken(
  app: { clientId: string; tenantId: string; roles: readonly string[] },
  tokens: TokenParts,
): AccessToken {
  const claims: AccessClaims = {
    ...baseClaims(tokens, app.tenantId, HOUR_SECONDS - 1),
    appid: app.clientId,
    idtyp: 'app',
    oid: app.clientId,
    sub: app.clientId,
    ...(app.roles.length === 0 ? {} : { roles: app.roles }),
  };
  return { token: signed(claims, tokens), lifetimeSeconds: HOUR_SECONDS - 1 };
}

function signed(claims: AccessClaims, tokens: TokenParts): string {
  const key = tokens.keys.current('work');
  const nonce = randomBytes(32).toString('base64url');
  return signRs256({ typ: 'JWT', nonce, x5t: key.kid, kid: key.kid }, claims, key.privateKey);
}

/** Reads an access token that this emulator made; undefined when it did not, whatever the token says. */
export function readAccessToken(token: string, tokens: TokenParts): AccessClaims | undefined {
  if (token.startsWith('EwB') && !token.includes('.')) {
    const opened = tokens.seal.open(token.slice(3));
    return isAccessClaims(opened) ? opened : undefined;
  }
  const decoded = decodeToken(token);
  const key = tokens.keys.find(String(decoded?.header.kid));
  if (decoded === undefined || key === undefined || !isSignedRs256(decoded, key.publicKey)) return undefined;
  return isAccessClaims(decoded.claims) ? decoded.claims : undefined;
}

function isAccessClaims(value: unknown): value is AccessClaims {
  if (typeof value !== 'object' || value === null) return false;
  const { exp, oid, idtyp } = value as Partial<Record<string, unknown>>;
  return typeof exp === 'number' && typeof oid === 'string' && (idtyp === 'user' || idtyp === 'app');
}
