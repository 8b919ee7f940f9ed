import { aadstsError, incidentOf, orError } from '../aadsts/index.ts';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import { consentPage, errorPage, html, pageResponse, pickerPage } from '../pages/index.ts';
import {
  type Account,
  accountByUsername,
  knownPermission,
  needsAdministrator,
  readAuthority,
  readRegistration,
  readRequestedScopes,
  wantedScopes,
} from '../registry/index.ts';
import { checkPerson, type DeviceRequest, missingConsent, type World } from '../state/index.ts';
import { grantWithoutRequest, readClaims } from '../tokens/index.ts';

const PATH = '/devicelogin';

/** GET and POST /devicelogin: the code, then who, then the consent. */
export function deviceLogin(http: HttpRequest, world: World): HttpResponse {
  const userCode = (http.body.user_code ?? http.query.user_code ?? '').trim().toUpperCase();
  if (userCode === '') return askCode();
  const request = world.deviceRequests.get(userCode);
  if (request?.outcome !== 'pending' || world.now() >= request.expiresAtMs)
    return askCode('That code is not valid, or no longer.');
  const account = accountByUsername(http.body.account ?? '', world.accounts);
  return orError(
    () => (account === undefined ? askWho(request, world) : decide(request, account, http, world)),
    (error) => errorPage(error, incidentOf(http, world.now())),
  );
}

function askCode(problem?: string): HttpResponse {
  const content = html`
${problem === undefined ? undefined : html`<p role="alert"><strong>${problem}</strong></p>`}
<form method="post" action="${PATH}">
<label for="user_code">The code that your device shows</label>
<div class="choices">
<input type="text" id="user_code" name="user_code" autocomplete="off" required>
<button class="main">Next</button>
</div>
</form>`;
  return pageResponse({ title: 'Enter the code', content });
}

function nextStep(request: DeviceRequest): string {
  return `${PATH}?user_code=${request.userCode}`;
}

function askWho(request: DeviceRequest, world: World): HttpResponse {
  const { name } = readRegistration(request.clientId, request.tenant, world);
  return pickerPage({
    title: 'Choose an account',
    accounts: world.accounts,
    action: nextStep(request),
    appName: `You are signing in to “${name}” on another device`,
  });
}

function decide(request: DeviceRequest, account: Account, http: HttpRequest, world: World): HttpResponse {
  const authority = readAuthority(request.tenant, world);
  const registration = readRegistration(request.clientId, request.tenant, world);
  checkPerson(account, { authority, registration }, world);
  const asking = { http, registration, world };
  const scopes = readRequestedScopes(request.scope, asking);
  const wanted = wantedScopes(scopes, asking);
  const missing = missingConsent(wanted, world.consents.granted(account, request.clientId));
  if (missing.length > 0 && http.body.decision === 'cancel') return declined(request);
  if (missing.length > 0 && http.body.decision !== 'accept')
    return consentPage({
      account,
      appName: registration.name,
      permissions: missing.map((one) => knownPermission(one, world)),
      action: nextStep(request),
    });
  if (needsAdministrator(account, missing, world)) throw aadstsError(90094, { name: registration.name });
  world.consents.grant(account.objectId, request.clientId, missing);
  request.outcome = grantWithoutRequest({
    ...{ clientId: request.clientId, username: account.username, scopes, authTimeMs: world.now() },
    ...readClaims(request.claims),
  });
  return donePage('You signed in on your device. You may close this window.');
}

function declined(request: DeviceRequest): HttpResponse {
  request.outcome = 'declined';
  return donePage('The device was told that you declined. You may close this window.');
}

function donePage(sentence: string): HttpResponse {
  return pageResponse({ title: 'Done', content: html`<p>${sentence}</p>` });
}
