/** What came back from the page. */
export type ConsentResponse =
  | { kind: 'foreign' }
  | { kind: 'granted' }
  | { kind: 'declined'; code: string | undefined };

/**
 * Judges what reached the redirect URI. A response that does not carry the state is nobody's; then `error` is looked
 * at before anything that looks like a success, because the platform sends `admin_consent=True` with both.
 */
export function readConsentResponse(query: URLSearchParams, state: string): ConsentResponse {
  if (query.getAll('state').length !== 1 || query.get('state') !== state) return { kind: 'foreign' };
  if (query.has('error')) return { kind: 'declined', code: codeOf(query) };
  const granted = query.get('admin_consent')?.toLowerCase() === 'true';
  return granted ? { kind: 'granted' } : { kind: 'declined', code: undefined };
}

function codeOf(query: URLSearchParams): string | undefined {
  const number = /^AADSTS\d{4,9}/.exec(query.get('error_description') ?? '')?.[0];
  const error = query.get('error') ?? '';
  return number ?? (/^[a-z_]{1,50}$/.test(error) ? error : undefined);
}
