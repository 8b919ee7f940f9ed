import { AadstsError, describeRefusal, errorUri, refusal } from './aadsts.ts';
import { type Account, accountByUsername, isPersonal } from './accounts.ts';
import { type AdminConsent, readAdminConsent, type Version } from './admin-consent-request.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';
import { type AnswerParameters, deliver, incidentOf } from './authorization-answer.ts';
import { approvalPage, type ConsentPage, consentPage } from './consent-page.ts';
import { ALL_REGISTERED } from './consents.ts';
import { html } from './markup.ts';
import { pageAnswer, policySource } from './page.ts';
import { pickerPage } from './picker-page.ts';
import { answerUri } from './redirect-uri.ts';
import { refusalPage } from './refusal-page.ts';
import { admits } from './tenants.ts';
import type { World } from './world.ts';

/** GET /{tenant}/adminconsent and /{tenant}/v2.0/adminconsent, and by POST the answers of their pages. */
export function adminConsent(version: Version): (asked: Asked, world: World) => Answer {
  return (asked, world) => {
    try {
      return askAdministrator(readAdminConsent(version, asked, world));
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      return refusalPage(error, incidentOf(asked, world.now()));
    }
  };
}

function askAdministrator(consent: AdminConsent): Answer {
  const { asked, world } = consent;
  const account = accountByUsername(asked.body.account ?? '', world.accounts);
  if (account === undefined) return askWho(consent);
  if (!admits(consent.authority, account.tenantId)) return refused(wrongTenant(account, consent), consent);
  if (account.kind !== 'admin') return withoutAdministrator(account, consent);
  if (asked.body.decision === 'cancel') return cancelled(consent);
  if (asked.body.decision !== 'accept') return consentPage(pageFor(account, consent));
  const granted = consent.all ? [...consent.scopes, ALL_REGISTERED] : consent.scopes;
  world.consents.grantForTenant(account.tenantId, consent.registration.clientId, granted);
  return answerApp(consent, [
    ['admin_consent', 'True'],
    ['tenant', account.tenantId],
    ['scope', consent.version === 'v2' ? asked.query.scope : undefined],
  ]);
}

function askWho({ world, asked, registration, redirectUri }: AdminConsent): Answer {
  return pickerPage({
    title: 'Choose an account',
    accounts: world.accounts.filter((one) => !isPersonal(one)),
    action: `${asked.path}${asked.search}`,
    appName: `An administrator is asked to consent to “${registration.name}”`,
    formTargets: redirectUri === undefined ? [] : [policySource(redirectUri)],
  });
}

function wrongTenant(account: Account, { registration, asked }: AdminConsent): AadstsError {
  const idp = `https://sts.windows.net/${account.homeTenantId}/`;
  return refusal(50020, { user: account.username, idp, tenant: asked.tenant, client: registration.clientId });
}

function pageFor(account: Account, consent: AdminConsent): ConsentPage {
  const { asked, registration, scopes, redirectUri } = consent;
  return {
    account,
    appName: registration.name,
    scopes,
    action: `${asked.path}${asked.search}`,
    formTargets: redirectUri === undefined ? [] : [policySource(redirectUri)],
    headers: {},
    forOrganisation: true,
  };
}

/** Somebody without the role can only go back (wire reference B5, E). */
function withoutAdministrator(account: Account, consent: AdminConsent): Answer {
  if (consent.asked.body.decision === undefined) return approvalPage(pageFor(account, consent));
  return answerApp(consent, [
    ['error', 'access_denied'],
    ['error_subcode', 'cancel'],
  ]);
}

/** The old form's answer is the documented one, the new form's the one that was seen (wire reference E). */
function cancelled(consent: AdminConsent): Answer {
  if (consent.version === 'v1')
    return answerApp(consent, [
      ['error', 'permission_denied'],
      ['error_description', 'The admin canceled the request'],
    ]);
  return refused(refusal(65004), consent);
}

/** A refusal goes to the app, as it was seen (wire reference E). */
function refused(error: AadstsError, consent: AdminConsent): Answer {
  const incident = incidentOf(consent.asked, consent.world.now());
  return answerApp(consent, [
    ['error', error.error],
    ['error_description', describeRefusal(error, incident, '\r\n')],
    ['error_uri', errorUri(error.code)],
    ['admin_consent', 'True'],
  ]);
}

function answerApp({ redirectUri, asked }: AdminConsent, parameters: AnswerParameters): Answer {
  const all: AnswerParameters = [...parameters, ['state', asked.query.state]];
  if (redirectUri !== undefined) return deliver({ uri: answerUri(redirectUri), responseMode: 'query' }, all);
  const rows = all.map(([name, value]) => html`<dt>${name}</dt><dd>${value ?? '–'}</dd>`);
  return pageAnswer({ title: 'Done', content: html`<p>No redirect URI was given.</p><dl>${rows}</dl>` });
}
