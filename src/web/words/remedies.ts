import type { ErrorCode } from '../../errors.ts';
import { type Action, type Place, TOPICS, type TopicName, topicOfCode, type Who } from './topics.ts';

/** Who can put a failure right, and what its page offers; the first action is the one to take. */
export interface Remedy {
  who: Who;
  actions: readonly Action[];
  /** Where in the admin center, for whoever is asked. */
  place?: Place;
}

const AGAIN: Remedy = { who: 'you', actions: ['signInAgain', 'home'] };
const ACCOUNT: Remedy = { who: 'you', actions: ['signInAgain', 'otherAccount', 'home'] };
const HOME: Remedy = { who: 'you', actions: ['home'] };
const WAIT: Remedy = { who: 'time', actions: ['tryAgain', 'home'] };
const PEOPLE: Remedy = { who: 'you', actions: ['people', 'home'] };
const DEVELOPER: Remedy = { who: 'developer', actions: ['home'] };

/** What can be done about each failure where the platform gave no code that says more. */
export const REMEDIES: Readonly<Record<ErrorCode, Remedy>> = {
  bad_request: HOME,
  not_found: HOME,
  method_not_allowed: HOME,
  cross_site_sign_out: { who: 'you', actions: ['staySignedIn', 'signOut'] },
  too_many_requests: WAIT,
  too_many_exports: { who: 'you', actions: ['tryAgain', 'people'] },
  sign_in_unknown: AGAIN,
  sign_in_cookie_missing: AGAIN,
  sign_in_expired: AGAIN,
  sign_in_used: { who: 'you', actions: ['home', 'signInAgain'] },
  sign_in_declined: ACCOUNT,
  sign_in_failed: ACCOUNT,
  admin_consent_required: { who: 'administrator', actions: ['signInAgain', 'otherAccount', 'home'] },
  consent_required: ACCOUNT,
  tenant_not_allowed: { who: 'you', actions: ['otherAccount', 'home'] },
  id_token_refused: AGAIN,
  token_answer_refused: AGAIN,
  account_changed: ACCOUNT,
  client_refused: DEVELOPER,
  session_ended: AGAIN,
  interaction_required: AGAIN,
  authority_unreachable: WAIT,
  authority_timeout: WAIT,
  authority_throttled: WAIT,
  authority_misconfigured: DEVELOPER,
  graph_unreachable: WAIT,
  graph_timeout: WAIT,
  graph_throttled: WAIT,
  graph_answer_refused: WAIT,
  graph_refused_token: { who: 'you', actions: ['signOut', 'otherAccount'] },
  graph_forbidden: { who: 'administrator', actions: ['otherAccount', 'home'] },
  graph_refused_request: PEOPLE,
  graph_not_found: PEOPLE,
  no_directory: { who: 'you', actions: ['otherAccount', 'home'] },
  guest_no_directory: { who: 'administrator', actions: ['otherAccount', 'home'], place: 'guests' },
  store_unavailable: WAIT,
  configuration: DEVELOPER,
  credential_unusable: DEVELOPER,
  internal: { who: 'developer', actions: ['tryAgain', 'home'] },
};

/**
 * Which entry of the dictionary says more about a failure than its own words, if any.
 * A guest's own words say more than any code: Graph gives the same one for every missing permission.
 */
export function topicOf(code: ErrorCode, upstreamCode: string | undefined): TopicName | undefined {
  return code === 'guest_no_directory' ? undefined : topicOfCode(upstreamCode);
}

/** Who can put it right and how: the dictionary's answer, or else the failure's own. */
export function remedyOf(code: ErrorCode, name: TopicName | undefined): Remedy {
  const own = REMEDIES[code];
  if (name === undefined) return own;
  const topic = TOPICS[name];
  return { ...topic, actions: topic.actions ?? own.actions };
}
