import { AadstsError, refusal, refusalBody } from './aadsts.ts';
import { type Answer, jsonAnswer, NO_STORE } from './answer.ts';
import { appGrant } from './app-grant.ts';
import type { Asked } from './asked.ts';
import { incidentOf } from './authorization-answer.ts';
import { readAuthority, readRegistration } from './authorization-request.ts';
import { presentedCredentials } from './client-authentication.ts';
import { codeGrant } from './code-grant.ts';
import { deviceGrant } from './device-grant.ts';
import { platformCookies, platformHeaders } from './platform-headers.ts';
import { refreshGrant } from './refresh-grant.ts';
import type { TokenBody } from './token-answer.ts';
import type { TokenRequest } from './token-request.ts';
import type { World } from './world.ts';

/** The grants by grant_type; the short name of the device grant is what MSAL Node sends (wire reference C1). */
const GRANTS: Readonly<Record<string, (request: TokenRequest) => TokenBody>> = {
  authorization_code: codeGrant,
  refresh_token: refreshGrant,
  client_credentials: appGrant,
  device_code: deviceGrant,
  'urn:ietf:params:oauth:grant-type:device_code': deviceGrant,
};

/** The token endpoint (wire reference C). */
export function token(asked: Asked, world: World): Answer {
  try {
    return tokenJson(asked, 200, tokenBody(asked, world));
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    return tokenJson(asked, error.status, refusalBody(error, incidentOf(asked, world.now())));
  }
}

function tokenBody(asked: Asked, world: World): TokenBody {
  if (asked.method === 'GET') throw refusal(900561);
  const [parameter] = asked.repeated;
  if (parameter !== undefined) throw refusal(9000411, { parameter });
  const grantType = asked.body.grant_type;
  if (grantType === undefined) throw refusal(900144, { parameter: 'grant_type' });
  const grant = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
  if (grant === undefined) throw refusal(70003, { grant: grantType });
  const authority = readAuthority(asked.tenant, world);
  const registration = readRegistration(presentedCredentials(asked).clientId, asked.tenant, world);
  return grant({ asked, authority, registration, world });
}

/** A JSON answer with the headers of the token endpoint (wire reference C4). */
export function tokenJson(asked: Asked, status: number, body: unknown): Answer {
  const answer = jsonAnswer(status, body, {
    ...NO_STORE,
    ...platformHeaders(asked),
    'client-request-id': asked.correlationId,
    'x-ms-clitelem': '1,0,0,,',
  });
  return { ...answer, cookies: platformCookies() };
}
