import { randomBytes, randomInt } from 'node:crypto';
import { aadstsError, orError } from '../aadsts/index.ts';
import { type HttpRequest, type HttpResponse, isVersion1 } from '../http/index.ts';
import {
  checkAccountTypes,
  readAuthority,
  readRegistration,
  readRequestedScopes,
} from '../registry/index.ts';
import type { DeviceRequest, World } from '../state/index.ts';
import { DEVICE_CODE_LIFETIME_MS, USER_CODE_LENGTH } from '../tokens/index.ts';
import { tokenError, tokenJson } from './token-json.ts';

/** Letters and digits that are not mistaken for each other. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const INTERVAL_SECONDS = 5;

/** POST /{tenant}/oauth2/v2.0/devicecode (RFC 8628 section 3.1; wire reference F). */
export function deviceCode(http: HttpRequest, world: World): HttpResponse {
  return orError(
    () => tokenJson(http, 200, beginDeviceFlow(http, world)),
    (error) => tokenError(http, error, world),
  );
}

function beginDeviceFlow(http: HttpRequest, world: World): Readonly<Record<string, unknown>> {
  const authority = readAuthority(http.tenant, world);
  const registration = readRegistration(http.body.client_id, http.tenant, world);
  checkAccountTypes(registration, authority);
  if (http.body.scope === undefined) throw aadstsError(900144, { parameter: 'scope' });
  readRequestedScopes(http.body.scope, { http, registration, world });
  const userCode = Array.from({ length: USER_CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(
    '',
  );
  const request: DeviceRequest = {
    userCode,
    deviceCode: userCode + randomBytes(48).toString('base64url'),
    clientId: registration.clientId,
    scope: http.body.scope,
    claims: http.body.claims,
    tenant: http.tenant,
    expiresAtMs: world.now() + DEVICE_CODE_LIFETIME_MS,
    outcome: 'pending',
  };
  world.deviceRequests.set(userCode, request);
  const uri = `${http.origin}/devicelogin`;
  const seconds = { expires_in: DEVICE_CODE_LIFETIME_MS / 1000, interval: INTERVAL_SECONDS };
  const where = isVersion1(http)
    ? { verification_url: uri, expires_in: `${seconds.expires_in}`, interval: `${seconds.interval}` }
    : { verification_uri: uri, ...seconds };
  return {
    user_code: userCode,
    device_code: request.deviceCode,
    ...where,
    message: `To sign in, use a web browser to open the page ${uri} and enter the code ${userCode} to authenticate.`,
  };
}
