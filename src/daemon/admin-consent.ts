/** Which of the platform's two pages an administrator consents on. */
export type ConsentEndpoint = 'v1' | 'v2';

export interface ConsentGiven {
  /** `https://host/tenant` of the page. */
  authority: string;
  clientId: string;
  scope: string;
  endpoint: ConsentEndpoint;
  /** Where the answer goes; has to stand in the registration. */
  redirectUri?: string;
  state?: string;
}

/** The address where an administrator of the tenant consents (Microsoft's page on admin consent). */
export function adminConsentUrl(given: ConsentGiven): string {
  const isV1 = given.endpoint === 'v1';
  const query: [string, string | undefined][] = [
    ['client_id', given.clientId],
    ['scope', isV1 ? undefined : given.scope],
    ['redirect_uri', given.redirectUri],
    ['state', given.state],
  ];
  const text = query.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${tenantAddress(given.authority)}${isV1 ? '' : '/v2.0'}/adminconsent?${text.join('&')}`;
}

/** External ID may leave its tenant's name out of the path, where it is the first part of the host. */
function tenantAddress(authority: string): string {
  const { origin, pathname, hostname } = new URL(authority);
  const path = pathname.replace(/\/+$/, '');
  return path === '' ? `${origin}/${hostname.split('.')[0]}.onmicrosoft.com` : `${origin}${path}`;
}

/** What came back from the page. */
export type ConsentAnswer =
  | { kind: 'foreign' }
  | { kind: 'granted' }
  | { kind: 'declined'; code: string | undefined };

/**
 * Judges what reached the redirect URI. An answer that does not carry the state is nobody's; then `error` is looked
 * at before anything that looks like a success, because the platform sends `admin_consent=True` with both.
 */
export function readConsentAnswer(query: URLSearchParams, state: string): ConsentAnswer {
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
