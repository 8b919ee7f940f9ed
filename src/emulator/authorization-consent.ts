import { asError, refusal } from './aadsts.ts';
import { type Account, isPersonal } from './accounts.ts';
import type { Answer } from './answer.ts';
import { deliver, deliverCancel, destinationOf } from './authorization-answer.ts';
import { answerTarget } from './authorization-request.ts';
import { sessionCookie } from './browser-sessions.ts';
import { issueAuthorization } from './code.ts';
import { approvalPage, type ConsentPage, consentPage } from './consent-page.ts';
import { wantedScopes } from './consent-scopes.ts';
import { missingConsent, needsAdministrator } from './consents.ts';
import { policySource } from './page.ts';
import { continueUrl, type Visit } from './visit.ts';

/** Answers with a code, or asks for what has not been consented to yet (wire reference B5). */
export function consentOrCode(account: Account, here: Visit): Answer {
  const { request, world, decision, session } = here;
  const { clientId } = request.registration;
  const wanted = wantedScopes(request.scopes, request.registration);
  const granted = world.consents.granted(account, clientId);
  const missing = request.prompt === 'consent' ? wanted : missingConsent(wanted, granted);
  if (missing.length > 0 && decision !== 'accept') return withoutConsent(account, missing, here);
  if (missing.length > 0) recordConsent(account, wanted, here);
  return issueAuthorization({ request, account, session, world, origin: here.asked.origin });
}

function withoutConsent(account: Account, missing: readonly string[], here: Visit): Answer {
  const { request, decision, asked, session } = here;
  const { clientId, name } = request.registration;
  if (decision === 'return') return deliverCancel(request);
  if (decision === 'cancel') return declined(account, here);
  if (request.prompt === 'none')
    throw asError(refusal(65001, { client: clientId, name }), 'interaction_required');
  const page: ConsentPage = {
    account,
    appName: name,
    scopes: missing,
    action: continueUrl(asked),
    formTargets: [policySource(answerTarget(request))],
    headers: sessionCookie(session, asked.origin),
  };
  return isForAdministrator(account, missing) ? approvalPage(page) : consentPage(page);
}

function isForAdministrator(account: Account, scopes: readonly string[]): boolean {
  return account.kind !== 'admin' && !isPersonal(account) && needsAdministrator(scopes);
}

/** A declined consent: a personal account's has words of its own (wire reference B5). */
function declined(account: Account, { request }: Visit): Answer {
  if (!isPersonal(account)) throw refusal(65004);
  return deliver(destinationOf(request), [
    ['error', 'access_denied'],
    ['error_description', 'The user has denied access to the scope requested by the client application.'],
    ['state', request.state],
  ]);
}

function recordConsent(account: Account, scopes: readonly string[], { world, request, asked }: Visit): void {
  const { clientId } = request.registration;
  if (isForAdministrator(account, scopes)) throw refusal(90094, { name: request.registration.name });
  if (account.kind === 'admin' && asked.body.everybody === 'yes')
    world.consents.grantForTenant(account.tenantId, clientId, scopes);
  world.consents.grant(account, clientId, scopes);
}
