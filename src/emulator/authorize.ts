import { AadstsError, asError, refusal } from './aadsts.ts';
import { checkAccount } from './account-fit.ts';
import { type Account, accountByHint, accountByUsername } from './accounts.ts';
import { type Answer, withHeaders } from './answer.ts';
import type { Asked } from './asked.ts';
import { deliverCancel, deliverRefusal, incidentOf } from './authorization-answer.ts';
import { consentOrCode } from './authorization-consent.ts';
import {
  type AuthorizationTarget,
  answerTarget,
  authorizationFields,
  readAuthorizationRequest,
  readTarget,
} from './authorization-request.ts';
import { sessionCookie, sessionOf, withPerson } from './browser-sessions.ts';
import { byDomainHint, candidatesIn } from './candidates.ts';
import { inWords } from './fault-presets.ts';
import { policySource } from './page.ts';
import { pickerPage } from './picker-page.ts';
import { refusalPage } from './refusal-page.ts';
import { authorizeUrl, continueUrl, type Visit } from './visit.ts';
import type { World } from './world.ts';

/** The authorization endpoint and, by POST, the answers of its own pages (wire reference B). */
export function authorize(asked: Asked, world: World): Answer {
  const asPage = (refused: AadstsError) => refusalPage(refused, incidentOf(asked, world.now()));
  return orRefused(() => authorizeAt(readTarget(asked, world), asked, world), asPage);
}

/** From here on the app is known and is told what it did wrong. */
function authorizeAt(target: AuthorizationTarget, asked: Asked, world: World): Answer {
  const incident = incidentOf(asked, world.now());
  const proceed = (): Answer => {
    const request = readAuthorizationRequest(asked, target);
    const session = sessionOf(asked, world.sessions);
    return visit({ asked, world, request, session, decision: asked.body.decision });
  };
  return orRefused(proceed, (refused) => {
    if (refused.row.page !== true) return deliverRefusal(target, refused, incident);
    if (authorizationFields(asked).prompt !== 'none') return refusalPage(refused, incident);
    return deliverRefusal(target, asError(refused, 'interaction_required'), incident);
  });
}

function orRefused(answer: () => Answer, refused: (error: AadstsError) => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof AadstsError) return refused(error);
    throw error;
  }
}

function visit(here: Visit): Answer {
  const { request, session, asked, world, decision } = here;
  const chosen = accountByUsername(asked.body.account ?? '', world.accounts);
  if (chosen === undefined && decision === 'cancel') return deliverCancel(request);
  const account = chosen ?? silentAccount(here);
  if (account === undefined) return request.prompt === 'none' ? refuseSilently(here) : askWho(here);
  checkAccount(account, request);
  const known = session.people.find((one) => one.username === account.username);
  const authTimeMs = chosen !== undefined || known === undefined ? world.now() : known.authTimeMs;
  const signedIn = withPerson(session, { username: account.username, authTimeMs });
  const isKept = request.prompt !== 'no_session';
  if (isKept) world.sessions.set(signedIn.cookie, signedIn);
  const answer = consentOrCode(account, { ...here, session: signedIn });
  return isKept ? withHeaders(answer, sessionCookie(signedIn, asked.origin)) : answer;
}

/** Prompts that ask for a choice in spite of a session; `no_session` keeps none either (wire reference B1, B3). */
const ALWAYS_ASKS = ['login', 'select_account', 'create', 'no_session'];

/** Who is signed in without a doubt: nobody where the prompt asks for a choice (wire reference B3, "prompt"). */
function silentAccount(here: Visit): Account | undefined {
  if (ALWAYS_ASKS.includes(here.request.prompt)) return undefined;
  const candidates = candidatesIn(here.session, here.request, here.asked, here.world);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function refuseSilently(here: Visit): never {
  throw refusal(candidatesIn(here.session, here.request, here.asked, here.world).length > 1 ? 16000 : 50058);
}

function askWho(here: Visit): Answer {
  const { asked, world, request } = here;
  const fields = authorizationFields(asked);
  const hinted =
    request.prompt === 'select_account' ? undefined : accountByHint(fields.login_hint ?? '', world.accounts);
  const offered = byDomainHint(world.accounts, fields.domain_hint, world.tenants);
  const others = offered.filter((one) => one !== hinted);
  return pickerPage({
    title: 'Choose an account',
    accounts: hinted === undefined ? others : [hinted, ...others],
    action: continueUrl(asked),
    appName: `You are signing in to “${request.registration.name}”`,
    faults: { returnTo: authorizeUrl(asked), waiting: world.faults.waiting().map(inWords) },
    formTargets: [policySource(answerTarget(request))],
    mayCancel: true,
  });
}
