import type { ErrorCode } from '../errors.ts';
import { ASK, ASK_OR_OTHER, type Remedy, TOPICS, type TopicName, topicOfCode } from './topics.ts';

const AGAIN: Remedy = { who: 'you', actions: ['signInAgain', 'home'] };
const ACCOUNT: Remedy = { who: 'you', actions: ['signInAgain', 'otherAccount', 'home'] };
const HOME: Remedy = { who: 'you', actions: ['home'] };
const WAIT: Remedy = { who: 'time', actions: ['tryAgain', 'home'] };
const PEOPLE: Remedy = { who: 'you', actions: ['people', 'home'] };
const DEVELOPER: Remedy = { who: 'developer', actions: ASK };
const CONSENT: Remedy = { who: 'you', actions: ['giveConsent', 'home'] };

/** What can be done about each failure where the platform gave no code that says more. */
export const REMEDIES: Readonly<Record<ErrorCode, Remedy>> = {
  bad_request: HOME,
  not_navigated: HOME,
  address_too_long: HOME,
  not_found: HOME,
  method_not_allowed: HOME,
  cross_site_sign_out: { who: 'you', actions: ['staySignedIn', 'signOut'] },
  too_many_requests: WAIT,
  too_many_exports: { who: 'you', actions: ['tryAgain', 'people'] },
  too_many_lists: { who: 'you', actions: ['tryAgain', 'people'] },
  sign_in_unknown: AGAIN,
  sign_in_cookie_missing: AGAIN,
  sign_in_expired: AGAIN,
  sign_in_used: { who: 'you', actions: ['home', 'signInAgain'] },
  sign_in_declined: ACCOUNT,
  permission_declined: { who: 'you', actions: ['goBack', 'home'] },
  sign_in_failed: ACCOUNT,
  sign_in_blocked: {
    who: 'administrator',
    actions: ['copyMessage', 'signInAgain', 'otherAccount', 'home'],
    place: 'signInLogs',
  },
  admin_consent_required: {
    who: 'administrator',
    actions: ['copyMessage', 'signInAgain', 'otherAccount', 'home'],
    place: 'grantedPermissions',
  },
  admin_consent_declined: CONSENT,
  admin_consent_failed: CONSENT,
  consent_required: ACCOUNT,
  tenant_not_allowed: { who: 'you', actions: ['otherAccount', 'home'] },
  issuer_refused: AGAIN,
  id_token_refused: AGAIN,
  token_answer_refused: AGAIN,
  account_changed: ACCOUNT,
  client_refused: { ...DEVELOPER, place: 'overview' },
  session_ended: AGAIN,
  sign_in_required: AGAIN,
  role_missing: { who: 'administrator', actions: ASK_OR_OTHER, place: 'usersAndGroups' },
  group_missing: { who: 'administrator', actions: ASK_OR_OTHER, place: 'usersAndGroups' },
  access_token_missing: DEVELOPER,
  access_token_refused: DEVELOPER,
  permission_missing: DEVELOPER,
  interaction_required: AGAIN,
  authority_unreachable: WAIT,
  authority_timeout: WAIT,
  authority_throttled: WAIT,
  authority_unavailable: WAIT,
  authority_misconfigured: DEVELOPER,
  graph_unreachable: WAIT,
  graph_timeout: WAIT,
  graph_throttled: WAIT,
  graph_unavailable: WAIT,
  graph_answer_refused: WAIT,
  graph_refused_token: { who: 'you', actions: ['signOut', 'otherAccount'] },
  graph_forbidden: {
    who: 'administrator',
    actions: ['copyMessage', 'otherAccount', 'home'],
    place: 'grantedPermissions',
  },
  graph_refused_request: PEOPLE,
  graph_not_found: PEOPLE,
  graph_not_offered: DEVELOPER,
  api_failed: WAIT,
  no_directory: { who: 'you', actions: ['otherAccount', 'home'] },
  guest_no_directory: { who: 'administrator', actions: ['otherAccount', 'home'], place: 'guests' },
  overloaded: WAIT,
  shutting_down: WAIT,
  store_unavailable: WAIT,
  configuration: DEVELOPER,
  credential_unusable: DEVELOPER,
  internal: { who: 'developer', actions: ['tryAgain', 'home'] },
};

/**
 * Failures that only these entries of the dictionary may explain. The HTTP status of Graph's response says more than its
 * code, of which it gives some for several statuses; a guest gets the one of every missing permission; and who
 * declined for an organisation, or a further permission, has the one of a person who did not sign in.
 */
const ONLY: Partial<Record<ErrorCode, readonly TopicName[]>> = {
  admin_consent_declined: [],
  permission_declined: [],
  guest_no_directory: [],
  no_directory: [],
  graph_forbidden: ['notPermitted', 'noIdentity'],
  graph_not_found: ['gone'],
  graph_refused_request: ['questionRefused', 'questionUnsupported', 'pageExpired'],
  graph_throttled: ['slowDown'],
  graph_unavailable: ['serviceDown'],
};

/** Which entry of the dictionary says more about a failure than its own words, if any. */
export function topicOf(code: ErrorCode, upstreamCode: string | undefined): TopicName | undefined {
  const topic = topicOfCode(upstreamCode);
  const only = ONLY[code];
  return topic === undefined || only === undefined || only.includes(topic) ? topic : undefined;
}

/** Who can put it right and how: the dictionary's answer, or else the failure's own. */
export function remedyOf(code: ErrorCode, name: TopicName | undefined): Remedy {
  const own = REMEDIES[code];
  if (name === undefined) return own;
  const topic = TOPICS[name];
  return code === 'admin_consent_failed' ? { ...topic, actions: own.actions } : topic;
}

/** Whether the app's redirect URI is what has to be looked at in the portal. */
export function needsRedirectUri({ place }: Remedy): boolean {
  return place === 'redirectUris' || place === 'platforms';
}
