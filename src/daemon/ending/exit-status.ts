import { AppError, ConfigurationError, type ErrorCode } from '../../errors.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';

/** The identity platform, or Graph on its behalf, said no to who we are. */
const REFUSED = new Set<ErrorCode>([
  'client_refused',
  'sign_in_failed',
  'consent_required',
  'interaction_required',
  'authority_misconfigured',
  'graph_refused_token',
]);
const FORBIDDEN = new Set<ErrorCode>(['graph_forbidden', 'admin_consent_required']);

/** Which end an error makes. */
export function exitStatusOf(error: unknown): ExitStatus {
  if (error instanceof ConfigurationError) return EXIT.usage;
  if (!(error instanceof AppError) || error.code === 'internal') return EXIT.unexpected;
  if (error.code === 'credential_unusable') return EXIT.usage;
  if (FORBIDDEN.has(error.code)) return EXIT.forbidden;
  return REFUSED.has(error.code) || isUnknownTenant(error) ? EXIT.refused : EXIT.upstream;
}

/** Whether discovery was answered as it is for a tenant that nobody has. */
export function isUnknownTenant({ code, upstream }: AppError): boolean {
  return code === 'authority_misconfigured' && upstream.status === 400;
}
