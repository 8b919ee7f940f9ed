import type { Request } from 'express';
import { RequestError } from '../../errors.ts';
import { parsedQuery, singleParameters } from '../../http/index.ts';
import { platformCode } from './authorization-response.ts';

/** Errors that say that the administrator pressed the other button. */
const DECLINED = ['access_denied', 'permission_denied', 'consent_required'];

/**
 * Reads the response of the admin consent page (Microsoft: admin consent on the v2.0 endpoint), which comes to the
 * redirect URI without a state of this app. Anybody can make up such an address: nothing follows from it but words.
 * @returns whether it is such a response, and says that the consent was given
 * @throws RequestError where it says that the consent was declined or did not work
 */
export function isAdminConsentGiven(request: Request): boolean {
  const query = parsedQuery(request);
  const parameters = singleParameters(query);
  const { admin_consent, error, error_subcode, code } = parameters;
  const isAnswer =
    admin_consent?.toLowerCase() === 'true' || error_subcode === 'cancel' || error === 'permission_denied';
  if (!isAnswer || query.state !== undefined || code !== undefined) return false;
  if (error === undefined) return true;
  const details = { detail: 'admin consent', upstream: { code: platformCode(parameters) } };
  throw DECLINED.includes(error)
    ? new RequestError('admin_consent_declined', 403, 'The administrator declined to consent.', details)
    : new RequestError('admin_consent_failed', 400, 'The administrator could not consent.', details);
}
