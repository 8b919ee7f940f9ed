import type { Request } from 'express';
import type { AdminConsentPage } from './page-models.ts';
import { singleParameters } from './parameters.ts';
import { platformCode } from './sign-in-answer.ts';

/** HTTP status of the page for each outcome. */
export const ADMIN_CONSENT_STATUS = { given: 200, declined: 403, failed: 400 } as const;

/** Errors that say that the administrator pressed the other button. */
const DECLINED = ['access_denied', 'permission_denied', 'consent_required'];

/**
 * Reads the answer of the admin consent page (Microsoft: admin consent on the v2.0 endpoint), which comes to the
 * redirect URI without a state of this app. Anybody can make up such an address: nothing follows from it but words.
 * @returns undefined for what is no such answer
 */
export function readAdminConsentAnswer({ query }: Request): AdminConsentPage | undefined {
  const parameters = singleParameters(query);
  const { admin_consent, error, error_subcode, code } = parameters;
  const isAnswer =
    admin_consent?.toLowerCase() === 'true' || error_subcode === 'cancel' || error === 'permission_denied';
  if (!isAnswer || query.state !== undefined || code !== undefined) return undefined;
  const upstreamCode = platformCode(parameters);
  if (error === undefined) return { outcome: 'given', upstreamCode };
  return { outcome: DECLINED.includes(error) ? 'declined' : 'failed', upstreamCode };
}
