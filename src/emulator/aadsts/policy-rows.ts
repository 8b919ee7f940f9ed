import type { AadstsRow } from './rows.ts';

/**
 * Refusals that only a policy, a password or a device brings about: the emulator has none of these, so they come when
 * a fault asks for them by number (wire reference C6; texts: Microsoft's page of error codes). Numbers whose OAuth
 * error nobody has confirmed are not here: a fault may still name them, with an error of its own choice.
 */
export const AADSTS_POLICY_ROWS = {
  50056: {
    error: 'invalid_grant',
    text: 'Invalid or null password: password does not exist in the directory for this user.',
  },
  50072: {
    error: 'interaction_required',
    page: true,
    text: 'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access {resource}.',
  },
  50074: {
    error: 'interaction_required',
    page: true,
    text: 'Strong authentication is required and the user did not pass the multi-factor challenge.',
  },
  50079: {
    error: 'interaction_required',
    wants: 'polids',
    text: 'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access {resource}.',
  },
  53000: {
    error: 'invalid_grant',
    text: 'Device is not in required device state: compliant. Conditional Access policy requires a compliant device.',
  },
  53001: {
    error: 'invalid_grant',
    text: 'Device is not in required device state: domain joined. Conditional Access policy requires a domain joined device.',
  },
  53002: {
    error: 'invalid_grant',
    text: 'The app used is not an approved app for Conditional Access.',
  },
  53003: {
    error: 'invalid_grant',
    suberror: 'message_only',
    wants: 'capolids',
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  },
  53004: {
    error: 'interaction_required',
    page: true,
    text: 'The user needs to complete the multi-factor registration process before accessing this content.',
  },
  70002: { error: 'invalid_client', status: 401, text: 'Error validating credentials.' },
  70043: {
    error: 'invalid_grant',
    suberror: 'token_expired',
    text: 'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
  },
  90014: {
    error: 'invalid_request',
    text: "The required field '{parameter}' is missing from the credential.",
  },
  90072: {
    error: 'invalid_request',
    page: true,
    text: "User account '{user}' from an external identity provider does not exist in tenant '{tenant}' and cannot access the application '{client}' in that tenant.",
  },
  700081: {
    error: 'invalid_grant',
    suberror: 'bad_token',
    text: 'The refresh token has expired due to maximum lifetime.',
  },
} as const satisfies Record<number, AadstsRow>;
