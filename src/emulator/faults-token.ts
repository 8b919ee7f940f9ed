import { z } from 'zod';
import { refusal, refusalBody } from './aadsts.ts';
import { accountByUsername } from './accounts.ts';
import type { Answer } from './answer.ts';
import { incidentOf } from './authorization-answer.ts';
import { type FaultKind, type FaultScene, faultKind, jsonOf, merged, withJson } from './fault.ts';
import { type Forgery, forgedToken, SIGNATURES } from './forged-token.ts';
import { readScopes } from './scopes.ts';
import { decodeToken } from './signed-token.ts';
import { tokenJson } from './token.ts';
import { openRefreshToken, userTokenBody } from './token-answer.ts';

const members = z.record(z.string(), z.unknown());
const forgery = z.strictObject({
  claims: members.default({}),
  header: members.default({}),
  payload: z.unknown().optional(),
  signature: z.enum(SIGNATURES).default('good'),
});

/** Faults of the token endpoint's answer. */
export const TOKEN_FAULTS: readonly FaultKind[] = [
  faultKind('id-token', forgery, (settings) => ({
    change: (answer, scene) => reforged(answer, scene, 'id_token', settings),
  })),
  faultKind('access-token', forgery, (settings) => ({
    change: (answer, scene) => reforged(answer, scene, 'access_token', settings),
  })),
  faultKind(
    'client-info',
    z.strictObject({ uid: z.string().optional(), utid: z.string().optional(), raw: z.string().optional() }),
    ({ raw, ...changes }) => ({
      change(answer) {
        const body = jsonOf(answer);
        if (typeof body?.client_info !== 'string') return undefined;
        return withJson(answer, { ...body, client_info: raw ?? changedInfo(body.client_info, changes) });
      },
    }),
  ),
  faultKind('other-account', z.strictObject({ username: z.string() }), ({ username }) => ({
    change: (answer, scene) => ofOtherAccount(answer, scene, username),
  })),
  faultKind('single-use-refresh', z.strictObject({}), () => ({ replace: refuseSpentRefreshToken })),
];

function reforged(
  answer: Answer,
  scene: FaultScene,
  member: string,
  settings: z.infer<typeof forgery>,
): Answer | undefined {
  const body = jsonOf(answer);
  const decoded = decodeToken(String(body?.[member]));
  if (body === undefined || decoded === undefined) return undefined;
  const token: Forgery = {
    header: merged(decoded.header, settings.header),
    payload: settings.payload === undefined ? merged(decoded.claims, settings.claims) : settings.payload,
    signature: settings.signature,
    clientId: String(decoded.claims.aud),
    secret: scene.asked.body.client_secret ?? '',
  };
  return withJson(answer, { ...body, [member]: forgedToken(token, scene.world.keys) });
}

function changedInfo(clientInfo: string, changes: object): string {
  const info: unknown = JSON.parse(Buffer.from(clientInfo, 'base64url').toString('utf8'));
  return Buffer.from(JSON.stringify({ ...(info as object), ...changes })).toString('base64url');
}

/** The same answer, but for somebody else: their tokens, their client_info, under the nonce that was asked. */
function ofOtherAccount(answer: Answer, { asked, world }: FaultScene, username: string): Answer | undefined {
  const body = jsonOf(answer);
  const account = accountByUsername(username, world.accounts);
  const claims = decodeToken(String(body?.id_token))?.claims;
  const scopes = readScopes(asked.body.scope ?? `${body?.scope} offline_access`, asked.origin);
  if (claims === undefined || account === undefined || !('permissions' in scopes)) return undefined;
  const clientId = String(claims.aud);
  world.consents.grant(account, clientId, [...scopes.permissions, ...scopes.openId]);
  const grant = {
    ...{ clientId, username, account, scopes, origin: asked.origin, authTimeMs: world.now() },
    nonce: typeof claims.nonce === 'string' ? claims.nonce : undefined,
    sid: String(claims.sid),
    idTokenClaims: ['sid'],
    handlesClaims: false,
    isFamily: false,
  };
  return withJson(answer, userTokenBody(grant, asked.body.client_info === '1', world));
}

function refuseSpentRefreshToken({ asked, world }: FaultScene): Answer | undefined {
  const record = openRefreshToken(asked.body.refresh_token ?? '', world);
  if (record === undefined || world.spentTokens.get(record.id) === undefined) return undefined;
  return tokenJson(asked, 400, refusalBody(refusal(70000), incidentOf(asked, world.now())));
}
