import type { Request } from 'express';
import type { ErrorCode } from '../errors.ts';
import { adminConsentUrl } from '../identity/index.ts';
import type { SignInParts } from './parts.ts';

/** Codes with which an administrator's consent is what is missing. */
const CONSENT_CODES: readonly ErrorCode[] = [
  'admin_consent_required',
  'admin_consent_declined',
  'admin_consent_failed',
  'consent_required',
  'graph_forbidden',
];
/** What an administrator comes back with from consenting says nothing of who is signed in here. */
const CONSENT_ANSWERS: readonly ErrorCode[] = ['admin_consent_declined', 'admin_consent_failed'];

/**
 * Where an administrator of the person's own tenant can consent; a personal account has no administrator.
 * @returns undefined where consent is not what is missing, and where the platform does not say its address
 */
export async function consentUrlFor(
  { identity, sessions, redirectUri }: SignInParts,
  request: Request,
  code: ErrorCode,
): Promise<string | undefined> {
  const account = sessions.of(request)?.content.account;
  const isPersonal = account?.kind === 'personal';
  if (!CONSENT_CODES.includes(code) || (isPersonal && !CONSENT_ANSWERS.includes(code))) return undefined;
  const metadata = await identity.authority.metadata().catch(() => undefined);
  const tenant = account === undefined || isPersonal ? 'organizations' : account.tenantId;
  if (metadata === undefined) return undefined;
  return adminConsentUrl({
    authority: `${metadata.origin}/${encodeURIComponent(tenant)}`,
    clientId: identity.clientId,
    scopes: identity.scopes,
    redirectUri,
  });
}
