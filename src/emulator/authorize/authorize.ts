import { aadstsError, incidentOf, inWordsOf, orError, userFlowError } from '../aadsts/index.ts';
import { type HttpRequest, type HttpResponse, withHeaders } from '../http/index.ts';
import { chosenRoles, errorPage, pickerPage, policySource } from '../pages/index.ts';
import { type Account, accountByHint, accountByUsername } from '../registry/index.ts';
import {
  checkPerson,
  type SignedIn,
  sessionCookie,
  sessionOf,
  type World,
  withPerson,
} from '../state/index.ts';
import { consentOrCode } from './authorization-consent.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { deliverCancel, deliverError } from './authorization-response.ts';
import {
  type AuthorizationTarget,
  authorizationFields,
  readTarget,
  responseTarget,
} from './authorization-target.ts';
import { byDomainHint, candidatesIn } from './candidates.ts';
import { authorizeUrl, continueUrl, type Visit } from './visit.ts';

/** The authorization endpoint and, by POST, the responses of its own pages (wire reference B). */
export function authorize(http: HttpRequest, world: World): HttpResponse {
  return orError(
    () => authorizeAt(readTarget(http, world), http, world),
    (error) => errorPage(inWordsOf(http.policy, error), incidentOf(http, world.now())),
  );
}

/** From here on the app is known and is told what it did wrong. */
function authorizeAt(target: AuthorizationTarget, http: HttpRequest, world: World): HttpResponse {
  const incident = incidentOf(http, world.now());
  const proceed = (): HttpResponse => {
    const request = readAuthorizationRequest(http, target, world);
    const session = sessionOf(http, world.sessions);
    return visit({
      http,
      world,
      request,
      session,
      decision: http.body.decision,
      roles: chosenRoles(http.body),
    });
  };
  return orError(proceed, (error) => {
    if (error.row.page !== true) return deliverError(target, inWordsOf(http.policy, error), incident);
    if (authorizationFields(http).prompt !== 'none') return errorPage(error, incident);
    return deliverError(target, error.with({ error: 'interaction_required' }), incident);
  });
}

function visit(here: Visit): HttpResponse {
  const { request, session, http, world } = here;
  const chosen = accountByUsername(http.body.account ?? '', world.accounts);
  const left = chosen === undefined ? leaving(here) : undefined;
  if (left !== undefined) return left;
  const account = chosen ?? silentAccount(here);
  if (account === undefined) return request.prompt === 'none' ? failSilently(here) : askWho(here);
  checkPerson(account, request, world);
  const person = personOf(account, chosen !== undefined, here);
  const signedIn = withPerson(session, person);
  const isKept = request.prompt !== 'no_session';
  if (isKept) world.sessions.set(signedIn.cookie, signedIn);
  const response = consentOrCode(account, { ...here, session: signedIn, roles: person.roles });
  return isKept ? withHeaders(response, sessionCookie(signedIn, http.origin)) : response;
}

/** What the app is told where somebody leaves the picker without a choice. */
function leaving(here: Visit): HttpResponse | undefined {
  const { request, decision } = here;
  if (request.policy === '') return decision === 'cancel' ? deliverCancel(request) : undefined;
  if (decision === 'cancel') throw userFlowError(90091);
  if (decision === 'forgot') throw userFlowError(90118);
  return undefined;
}

/** Somebody who signs in: afresh where the picker was used, else as before in this session. */
function personOf(account: Account, isChosen: boolean, { session, world, roles }: Visit): SignedIn {
  const known = session.people.find((one) => one.username === account.username);
  if (known !== undefined && !isChosen) return known;
  const signedIn = { username: account.username, authTimeMs: world.now() };
  return roles === undefined ? signedIn : { ...signedIn, roles };
}

/** Prompts that ask for a choice in spite of a session; `no_session` keeps none either (wire reference B1, B3). */
const ALWAYS_ASKS = ['login', 'select_account', 'create', 'no_session'];

/** Who is signed in without a doubt: nobody where the prompt asks for a choice (wire reference B3, "prompt"). */
function silentAccount(here: Visit): Account | undefined {
  if (ALWAYS_ASKS.includes(here.request.prompt)) return undefined;
  const candidates = candidatesIn(here);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function failSilently(here: Visit): HttpResponse {
  if (here.request.policy !== '') throw userFlowError(90077);
  throw aadstsError(candidatesIn(here).length > 1 ? 16000 : 50058);
}

function askWho(here: Visit): HttpResponse {
  const { http, world, request } = here;
  const fields = authorizationFields(http);
  const hinted =
    request.prompt === 'select_account' ? undefined : accountByHint(fields.login_hint ?? '', world.accounts);
  const offered = byDomainHint(world.accounts, fields.domain_hint, world.tenants);
  const others = offered.filter((one) => one !== hinted);
  return pickerPage({
    title: 'Choose an account',
    accounts: hinted === undefined ? others : [hinted, ...others],
    action: continueUrl(http),
    appName: `You are signing in to “${request.registration.name}”`,
    faults: { returnTo: authorizeUrl(http), menu: world.faultMenu },
    formTargets: [policySource(responseTarget(request))],
    roles: request.registration.appRoles.filter((one) => one.for.includes('users')).map((one) => one.value),
    mayCancel: true,
    mayForget: request.policy !== '',
  });
}
