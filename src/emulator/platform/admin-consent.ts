import {
  type AadstsError,
  aadstsError,
  errorDescription,
  errorUri,
  incidentOf,
  orError,
} from '../aadsts/index.ts';
import { deliver, type ResponseParameters } from '../authorize/index.ts';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import {
  approvalPage,
  type ConsentPage,
  consentPage,
  errorPage,
  html,
  pageResponse,
  pickerPage,
  policySource,
} from '../pages/index.ts';
import {
  type Account,
  accountByUsername,
  admits,
  isPersonal,
  knownPermission,
  responseUri,
} from '../registry/index.ts';
import { ALL_REGISTERED, type World } from '../state/index.ts';
import { type AdminConsent, readAdminConsent, type Version } from './admin-consent-request.ts';

/** GET /{tenant}/adminconsent and /{tenant}/v2.0/adminconsent, and by POST the responses of their pages. */
export function adminConsent(version: Version): (http: HttpRequest, world: World) => HttpResponse {
  return (http, world) =>
    orError(
      () => askAdministrator(readAdminConsent(version, http, world)),
      (error) => errorPage(error, incidentOf(http, world.now())),
    );
}

function askAdministrator(consent: AdminConsent): HttpResponse {
  const { http, world } = consent;
  const account = accountByUsername(http.body.account ?? '', world.accounts);
  if (account === undefined) return askWho(consent);
  if (!admits(consent.authority, account.tenantId)) return refused(wrongTenant(account, consent), consent);
  if (account.kind !== 'admin') return withoutAdministrator(account, consent);
  if (http.body.decision === 'cancel') return cancelled(consent);
  if (http.body.decision !== 'accept') return consentPage(pageFor(account, consent));
  const granted = consent.all ? [...consent.scopes, ALL_REGISTERED] : consent.scopes;
  world.consents.grant(account.tenantId, consent.registration.clientId, granted);
  return respondToApp(consent, [
    ['admin_consent', 'True'],
    ['tenant', account.tenantId],
    ['scope', consent.version === 'v2' ? http.query.scope : undefined],
  ]);
}

function askWho({ world, http, registration, redirectUri }: AdminConsent): HttpResponse {
  return pickerPage({
    title: 'Choose an account',
    accounts: world.accounts.filter((one) => !isPersonal(one)),
    action: `${http.path}${http.search}`,
    appName: `An administrator is asked to consent to “${registration.name}”`,
    formTargets: redirectUri === undefined ? [] : [policySource(redirectUri)],
  });
}

function wrongTenant(account: Account, { registration, http }: AdminConsent): AadstsError {
  const idp = `https://sts.windows.net/${account.homeTenantId}/`;
  return aadstsError(50020, {
    user: account.username,
    idp,
    tenant: http.tenant,
    client: registration.clientId,
  });
}

function pageFor(account: Account, consent: AdminConsent): ConsentPage {
  const { http, registration, scopes, redirectUri } = consent;
  return {
    account,
    appName: registration.name,
    permissions: scopes.map((one) => knownPermission(one, consent.world)),
    action: `${http.path}${http.search}`,
    formTargets: redirectUri === undefined ? [] : [policySource(redirectUri)],
    forOrganisation: true,
  };
}

/** Somebody without the role can only go back (wire reference B5, E). */
function withoutAdministrator(account: Account, consent: AdminConsent): HttpResponse {
  if (consent.http.body.decision === undefined) return approvalPage(pageFor(account, consent));
  return respondToApp(consent, [
    ['error', 'access_denied'],
    ['error_subcode', 'cancel'],
  ]);
}

/** The old form's response is the documented one, the new form's the one that was seen (wire reference E). */
function cancelled(consent: AdminConsent): HttpResponse {
  if (consent.version === 'v1')
    return respondToApp(consent, [
      ['error', 'permission_denied'],
      ['error_description', 'The admin canceled the request'],
    ]);
  return refused(aadstsError(65004), consent);
}

/** An error goes to the app, as it was seen (wire reference E). */
function refused(error: AadstsError, consent: AdminConsent): HttpResponse {
  const incident = incidentOf(consent.http, consent.world.now());
  return respondToApp(consent, [
    ['error', error.error],
    ['error_description', errorDescription(error, incident, '\r\n')],
    ['error_uri', errorUri(error)],
    ['admin_consent', 'True'],
  ]);
}

function respondToApp({ redirectUri, http }: AdminConsent, parameters: ResponseParameters): HttpResponse {
  const all: ResponseParameters = [...parameters, ['state', http.query.state]];
  if (redirectUri !== undefined)
    return deliver({ uri: responseUri(redirectUri), responseMode: 'query' }, all);
  const rows = all.map(([name, value]) => html`<dt>${name}</dt><dd>${value ?? '–'}</dd>`);
  return pageResponse({ title: 'Done', content: html`<p>No redirect URI was given.</p><dl>${rows}</dl>` });
}
