import { aadstsError } from '../aadsts/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { approvalPage, type ConsentPage, consentPage, policySource } from '../pages/index.ts';
import {
  type Account,
  isPersonal,
  knownPermission,
  needsAdministrator,
  wantedScopes,
} from '../registry/index.ts';
import { missingConsent, sessionCookie } from '../state/index.ts';
import { deliver, deliverCancel, destinationOf } from './authorization-response.ts';
import { responseTarget } from './authorization-target.ts';
import { issueAuthorization } from './code.ts';
import { continueUrl, type Visit } from './visit.ts';

/** Answers with a code, or asks for what has not been consented to yet (wire reference B5). */
export function consentOrCode(account: Account, here: Visit): HttpResponse {
  const { request, world, decision, http } = here;
  const { clientId } = request.registration;
  const wanted = wantedScopes(request.scopes, { http, registration: request.registration, world });
  if (request.policy !== '') world.consents.grant(account.objectId, clientId, wanted);
  const isAgain = request.prompt === 'consent' && request.policy === '';
  const missing = isAgain ? wanted : missingConsent(wanted, world.consents.granted(account, clientId));
  if (missing.length > 0 && decision !== 'accept') return withoutConsent(account, missing, here);
  if (missing.length > 0) recordConsent(account, wanted, here);
  return issueAuthorization(account, here);
}

function withoutConsent(account: Account, missing: readonly string[], here: Visit): HttpResponse {
  const { request, decision, http, session } = here;
  const { clientId, name } = request.registration;
  if (decision === 'return') return deliverCancel(request);
  if (decision === 'cancel') return declined(account, here);
  if (request.prompt === 'none')
    throw aadstsError(65001, { client: clientId, name }).with({ error: 'interaction_required' });
  const page: ConsentPage = {
    account,
    appName: name,
    permissions: missing.map((one) => knownPermission(one, here.world)),
    action: continueUrl(http),
    formTargets: [policySource(responseTarget(request))],
    headers: sessionCookie(session, http.origin),
    roles: here.roles,
  };
  return needsAdministrator(account, missing, here.world) ? approvalPage(page) : consentPage(page);
}

/** A declined consent: a personal account's has words of its own (wire reference B5). */
function declined(account: Account, { request }: Visit): HttpResponse {
  if (!isPersonal(account)) throw aadstsError(65004);
  return deliver(destinationOf(request), [
    ['error', 'access_denied'],
    ['error_description', 'The user has denied access to the scope requested by the client application.'],
    ['state', request.state],
  ]);
}

function recordConsent(account: Account, scopes: readonly string[], { world, request, http }: Visit): void {
  const { clientId } = request.registration;
  if (needsAdministrator(account, scopes, world))
    throw aadstsError(90094, { name: request.registration.name });
  if (account.kind === 'admin' && http.body.everybody === 'yes')
    world.consents.grant(account.tenantId, clientId, scopes);
  world.consents.grant(account.objectId, clientId, scopes);
}
