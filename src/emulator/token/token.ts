import { aadstsError, inWordsOf, orError } from '../aadsts/index.ts';
import { type HttpRequest, type HttpResponse, isVersion1 } from '../http/index.ts';
import { readAuthority, readRegistration } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { appGrant } from './app-grant.ts';
import { presentedCredentials } from './client-authentication.ts';
import { codeGrant } from './code-grant.ts';
import { deviceGrant } from './device-grant.ts';
import { onBehalfOfGrant } from './on-behalf-of-grant.ts';
import { passwordGrant } from './password-grant.ts';
import { refreshGrant } from './refresh-grant.ts';
import { tokenError, tokenJson } from './token-json.ts';
import type { TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';
import { asUserFlow } from './user-flow-response.ts';
import { inVersion1 } from './version1-response.ts';

/** The grants by grant_type; the short name of the device grant is what MSAL Node sends (wire reference C1). */
const GRANTS: Readonly<Record<string, (request: TokenRequest) => TokenBody>> = {
  authorization_code: codeGrant,
  refresh_token: refreshGrant,
  client_credentials: appGrant,
  'urn:ietf:params:oauth:grant-type:jwt-bearer': onBehalfOfGrant,
  password: passwordGrant,
  device_code: deviceGrant,
  'urn:ietf:params:oauth:grant-type:device_code': deviceGrant,
};

/** The token endpoint (wire reference C). */
export function token(http: HttpRequest, world: World): HttpResponse {
  return orError(
    () => tokenJson(http, 200, shaped(tokenBody(http, world), http)),
    (error) => tokenError(http, inWordsOf(http.policy, error), world),
  );
}

function shaped(body: TokenBody, http: HttpRequest): TokenBody {
  if (isVersion1(http)) return inVersion1(body, http);
  return http.policy === '' ? body : asUserFlow(body);
}

function tokenBody(http: HttpRequest, world: World): TokenBody {
  if (http.method === 'GET') throw aadstsError(900561);
  const [parameter] = http.repeated;
  if (parameter !== undefined) throw aadstsError(9000411, { parameter });
  const grantType = http.body.grant_type;
  if (grantType === undefined) throw aadstsError(900144, { parameter: 'grant_type' });
  const grant = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
  if (grant === undefined) throw aadstsError(70003, { grant: grantType });
  const authority = readAuthority(http.tenant, world);
  const registration = readRegistration(presentedCredentials(http).clientId, http.tenant, world);
  return grant({ http, authority, registration, world });
}
