import { z } from 'zod';
import { aadstsError } from '../aadsts/index.ts';
import type { HttpResponse } from '../http/index.ts';
import {
  accountByUsername,
  firstApi,
  readRegistration,
  readRequestedScopes,
  wantedScopes,
} from '../registry/index.ts';
import { tokenError, userTokenBody } from '../token/index.ts';
import { decodeToken, openRefreshToken } from '../tokens/index.ts';
import { type FaultKind, type FaultScene, faultKind, jsonOf, merged, withJson } from './fault.ts';
import { type Forgery, forgedToken, SIGNATURES } from './forged-token.ts';

const members = z.record(z.string(), z.unknown());
const forgery = z.strictObject({
  claims: members.default({}),
  header: members.default({}),
  payload: z.unknown().optional(),
  signature: z.enum(SIGNATURES).default('good'),
});

/** Faults of the token endpoint's response. */
export const TOKEN_FAULTS: readonly FaultKind[] = [
  faultKind('id-token', forgery, (settings) => ({
    change: (response, scene) => reforged(response, scene, 'id_token', settings),
  })),
  faultKind('access-token', forgery, (settings) => ({
    change: (response, scene) => reforged(response, scene, 'access_token', settings),
  })),
  faultKind(
    'client-info',
    z.strictObject({ uid: z.string().optional(), utid: z.string().optional(), raw: z.string().optional() }),
    ({ raw, ...changes }) => ({
      change(response) {
        const body = jsonOf(response);
        if (typeof body?.client_info !== 'string') return undefined;
        return withJson(response, { ...body, client_info: raw ?? changedInfo(body.client_info, changes) });
      },
    }),
  ),
  faultKind('other-account', z.strictObject({ username: z.string() }), ({ username }) => ({
    change: (response, scene) => ofOtherAccount(response, scene, username),
  })),
  faultKind('single-use-refresh', z.strictObject({}), () => ({ replace: refuseSpentRefreshToken })),
];

function reforged(
  response: HttpResponse,
  scene: FaultScene,
  member: string,
  settings: z.infer<typeof forgery>,
): HttpResponse | undefined {
  const body = jsonOf(response);
  const decoded = decodeToken(String(body?.[member]));
  if (body === undefined || decoded === undefined) return undefined;
  const token: Forgery = {
    header: merged(decoded.header, settings.header),
    payload: settings.payload === undefined ? merged(decoded.claims, settings.claims) : settings.payload,
    signature: settings.signature,
    secret: scene.http.body.client_secret ?? '',
  };
  return withJson(response, { ...body, [member]: forgedToken(token, scene.world.keys) });
}

function changedInfo(clientInfo: string, changes: object): string {
  const info: unknown = JSON.parse(Buffer.from(clientInfo, 'base64url').toString('utf8'));
  return Buffer.from(JSON.stringify({ ...(info as object), ...changes })).toString('base64url');
}

/** The same response, but for somebody else: their tokens, their client_info, under the nonce that was asked. */
function ofOtherAccount(
  response: HttpResponse,
  { http, world }: FaultScene,
  username: string,
): HttpResponse | undefined {
  const body = jsonOf(response);
  const account = accountByUsername(username, world.accounts);
  const claims = decodeToken(String(body?.id_token))?.claims;
  if (claims === undefined || account === undefined) return undefined;
  const clientId = String(claims.aud);
  const asking = { http, registration: readRegistration(clientId, http.tenant, world), world };
  const scopes = readRequestedScopes(http.body.scope ?? `${body?.scope} offline_access`, asking);
  world.consents.grant(account.objectId, clientId, wantedScopes(scopes, asking));
  const grant = {
    ...{ clientId, username, account, scopes, origin: http.origin, authTimeMs: world.now() },
    api: firstApi(scopes),
    clientAuthentication: '1' as const,
    version: 2 as const,
    policy: http.policy,
    nonce: typeof claims.nonce === 'string' ? claims.nonce : undefined,
    sid: String(claims.sid),
    idTokenClaims: ['sid'],
    handlesClaims: false,
    isFamily: false,
  };
  return withJson(response, userTokenBody(grant, http.body.client_info === '1', world));
}

function refuseSpentRefreshToken({ http, world }: FaultScene): HttpResponse | undefined {
  const record = openRefreshToken(http.body.refresh_token ?? '', world);
  if (record === undefined || world.spentTokens.get(record.id) === undefined) return undefined;
  return tokenError(http, aadstsError(70000), world);
}
