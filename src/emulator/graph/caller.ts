import type { HttpRequest } from '../http/index.ts';
import { GraphError } from '../odata/index.ts';
import { type Account, findResource, GRAPH_APP_ID, isPersonal } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { type AccessClaims, readAccessToken } from '../tokens/index.ts';

/** Who calls Graph: a person through an app, or an app as itself. */
export type Caller = { readonly clientId: string } & (
  | { readonly kind: 'person'; readonly account: Account; readonly scopes: readonly string[] }
  | { readonly kind: 'app'; readonly tenantId: string; readonly roles: readonly string[] }
);

/** The challenge of every 401 (wire reference G5). */
export const CHALLENGE = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${GRAPH_APP_ID}"`;

function unauthorized(message: string, challenge = CHALLENGE): GraphError {
  return new GraphError('InvalidAuthenticationToken', message, { 'WWW-Authenticate': challenge });
}

/** Identifies the caller by its bearer token. @throws GraphError 401 with the reason of wire reference G5 */
export function readCaller(
  http: HttpRequest,
  world: World,
  audiences: readonly string[] = [GRAPH_APP_ID],
): Caller {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(http.headers.authorization ?? '') ?? [];
  if (token === '') throw unauthorized('Access token is empty.');
  const claims = readAccessToken(token, world);
  if (claims === undefined) throw unauthorized(reasonAgainst(token));
  const now = Math.floor(world.now() / 1000);
  if (claims.exp <= now || claims.nbf > now + 300)
    throw unauthorized('Access token has expired or is not yet valid.');
  if (!audiences.includes(findResource(claims.aud, world, http.origin)?.appId ?? ''))
    throw unauthorized('Access token validation failure. Invalid audience.');
  checkNotRevoked(claims, world);
  return callerOf(claims, world);
}

function reasonAgainst(token: string): string {
  if (token.startsWith('EwB')) return 'CompactToken validation failed with reason code: 80049228.';
  if (!token.includes('.')) return 'IDX14100: JWT is not well formed, there are no dots (.).';
  return 'Invalid access token signature.';
}

function callerOf(claims: AccessClaims, world: World): Caller {
  const { clientId, scp } = claims;
  if (scp === undefined) return { kind: 'app', clientId, tenantId: claims.tid, roles: claims.roles };
  const account = world.accounts.find((one) => one.objectId === claims.oid);
  if (account === undefined) throw unauthorized('The user of the access token does not exist.');
  return { kind: 'person', clientId, account, scopes: scp.split(' ') };
}

/** Continuous access evaluation: only a token with xms_cc = cp1 is challenged (wire reference G7). */
function checkNotRevoked(claims: AccessClaims, world: World): void {
  const validFromMs = world.validFrom.get(claims.oid) ?? 0;
  const isRevoked = claims.issuedAtMs < validFromMs;
  if (!isRevoked || !claims.handlesClaims) return;
  throw claimsChallenge({
    access_token: { nbf: { essential: true, value: String(Math.ceil(validFromMs / 1000)) } },
  });
}

/** A 401 that says which claims the next token must satisfy (wire reference G7). */
export function claimsChallenge(claims: unknown): GraphError {
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
  const description =
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies';
  return unauthorized(
    description,
    `${CHALLENGE}, error="insufficient_claims", claims="${encoded}", errorDescription="${description}"`,
  );
}

/** Whether the caller holds one of these permissions (delegated scopes or application roles). */
export function hasAny(caller: Caller, permissions: readonly string[]): boolean {
  const held = caller.kind === 'app' ? caller.roles : caller.scopes;
  return held.some((one) => permissions.includes(one));
}

/** @throws GraphError 403 unless the caller holds one of these permissions */
export function requireAny(caller: Caller, permissions: readonly string[]): void {
  if (!hasAny(caller, permissions)) throw denied();
}

/** The caller may not do that. */
export function denied(): GraphError {
  return new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** The signed-in person. @throws GraphError 400 for an app (wire reference G1) */
export function requirePerson(caller: Caller): Account {
  if (caller.kind === 'person') return caller.account;
  throw new GraphError('BadRequest', '/me request is only valid with delegated authentication flow.');
}

/** The tenant whose directory the caller sees. @throws GraphError 400 for a personal account (wire reference G2) */
export function directoryTenant(caller: Caller): string {
  if (caller.kind === 'app') return caller.tenantId;
  if (!isPersonal(caller.account)) return caller.account.tenantId;
  throw new GraphError(
    'BadRequest',
    'This API is not supported for MSA accounts (no addressUrl for Microsoft.DirectoryServices,False).',
  );
}
