import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { AadstsError, refusal, refusalBody } from './aadsts.ts';
import { checkAccount } from './account-fit.ts';
import { type Account, accountByUsername } from './accounts.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';
import { incidentOf } from './authorization-answer.ts';
import { checkAccountTypes, readAuthority, readRegistration } from './authorization-request.ts';
import { consentPage } from './consent-page.ts';
import { wantedScopes } from './consent-scopes.ts';
import { missingConsent } from './consents.ts';
import { readClaims } from './grant.ts';
import { DEVICE_CODE_LIFETIME_MS, USER_CODE_LENGTH } from './lifetimes.ts';
import { html } from './markup.ts';
import { pageAnswer } from './page.ts';
import { pickerPage } from './picker-page.ts';
import { refusalPage } from './refusal-page.ts';
import { scopesOrRefuse } from './requested-scopes.ts';
import { tokenJson } from './token.ts';
import type { DeviceRequest, World } from './world.ts';

/** Letters and digits that are not mistaken for each other. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const INTERVAL_SECONDS = 5;
const PATH = '/devicelogin';

/** POST /{tenant}/oauth2/v2.0/devicecode (RFC 8628 section 3.1; wire reference F). */
export function deviceCode(asked: Asked, world: World): Answer {
  try {
    return tokenJson(asked, 200, beginDeviceFlow(asked, world));
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    return tokenJson(asked, error.status, refusalBody(error, incidentOf(asked, world.now())));
  }
}

function beginDeviceFlow(asked: Asked, world: World): Readonly<Record<string, unknown>> {
  const authority = readAuthority(asked.tenant, world);
  const registration = readRegistration(asked.body.client_id, asked.tenant, world);
  checkAccountTypes(registration, authority);
  if (asked.body.scope === undefined) throw refusal(900144, { parameter: 'scope' });
  scopesOrRefuse(asked.body.scope, asked);
  const userCode = Array.from({ length: USER_CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(
    '',
  );
  const request: DeviceRequest = {
    userCode,
    deviceCode: userCode + randomBytes(48).toString('base64url'),
    clientId: registration.clientId,
    scope: asked.body.scope,
    claims: asked.body.claims,
    tenant: asked.tenant,
    expiresAtMs: world.now() + DEVICE_CODE_LIFETIME_MS,
    outcome: 'pending',
  };
  world.deviceRequests.set(userCode, request);
  const uri = `${asked.origin}${PATH}`;
  return {
    user_code: userCode,
    device_code: request.deviceCode,
    verification_uri: uri,
    expires_in: DEVICE_CODE_LIFETIME_MS / 1000,
    interval: INTERVAL_SECONDS,
    message: `To sign in, use a web browser to open the page ${uri} and enter the code ${userCode} to authenticate.`,
  };
}

/** GET and POST /devicelogin: the code, then who, then the consent. */
export function deviceLogin(asked: Asked, world: World): Answer {
  const userCode = (asked.body.user_code ?? asked.query.user_code ?? '').trim().toUpperCase();
  if (userCode === '') return askCode();
  const request = world.deviceRequests.get(userCode);
  if (request?.outcome !== 'pending' || world.now() >= request.expiresAtMs)
    return askCode('That code is not valid, or no longer.');
  const account = accountByUsername(asked.body.account ?? '', world.accounts);
  if (account === undefined) return askWho(request, world, asked);
  try {
    return decide(request, account, asked, world);
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    return refusalPage(error, incidentOf(asked, world.now()));
  }
}

function askCode(problem?: string): Answer {
  const content = html`
${problem === undefined ? undefined : html`<p role="alert"><strong>${problem}</strong></p>`}
<form method="post" action="${PATH}">
<label for="user_code">The code that your device shows</label>
<div class="choices">
<input type="text" id="user_code" name="user_code" autocomplete="off" required>
<button class="main">Next</button>
</div>
</form>`;
  return pageAnswer({ title: 'Enter the code', content });
}

function nextStep(request: DeviceRequest): string {
  return `${PATH}?user_code=${request.userCode}`;
}

function askWho(request: DeviceRequest, world: World, asked: Asked): Answer {
  return pickerPage({
    title: 'Choose an account',
    accounts: world.accounts,
    action: nextStep(request),
    appName: `You are signing in to “${readRegistration(request.clientId, asked.tenant, world).name}” on another device`,
  });
}

function decide(request: DeviceRequest, account: Account, asked: Asked, world: World): Answer {
  const authority = readAuthority(request.tenant, world);
  const registration = readRegistration(request.clientId, request.tenant, world);
  checkAccount(account, { authority, registration });
  const scopes = scopesOrRefuse(request.scope, asked);
  const wanted = wantedScopes(scopes, registration);
  const missing = missingConsent(wanted, world.consents.granted(account, request.clientId));
  if (missing.length > 0 && asked.body.decision === 'cancel') return declined(request);
  if (missing.length > 0 && asked.body.decision !== 'accept')
    return consentPage({
      account,
      appName: registration.name,
      scopes: missing,
      action: nextStep(request),
      formTargets: [],
      headers: {},
    });
  world.consents.grant(account, request.clientId, missing);
  request.outcome = {
    clientId: request.clientId,
    username: account.username,
    scopes,
    nonce: undefined,
    sid: randomUUID(),
    authTimeMs: world.now(),
    ...(readClaims(request.claims) ?? { idTokenClaims: [], handlesClaims: false }),
  };
  return donePage('You signed in on your device. You may close this window.');
}

function declined(request: DeviceRequest): Answer {
  request.outcome = 'declined';
  return donePage('The device was told that you declined. You may close this window.');
}

function donePage(sentence: string): Answer {
  return pageAnswer({ title: 'Done', content: html`<p>${sentence}</p>` });
}
