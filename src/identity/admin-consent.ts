import { tenantAddressOf } from './authority.ts';

/** Which of the platform's two pages an administrator consents on. */
export type ConsentEndpoint = 'v1' | 'v2';

/** What an administrator is asked for, and where. */
interface ConsentRequest {
  /** `https://host/tenant` of the page. */
  authority: string;
  clientId: string;
  /** Not asked for by the older page, which grants what is listed on the registration. */
  scopes: readonly string[];
  endpoint?: ConsentEndpoint;
  /** Where the response goes; has to stand in the registration. */
  redirectUri?: string;
  state?: string;
}

/**
 * The page on which an administrator consents for a whole tenant (Microsoft: admin consent on the v2.0 endpoint).
 * @see https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export function adminConsentUrl(request: ConsentRequest): string {
  const isV1 = request.endpoint === 'v1';
  const query: [string, string | undefined][] = [
    ['client_id', request.clientId],
    ['scope', isV1 ? undefined : request.scopes.join(' ')],
    ['redirect_uri', request.redirectUri],
    ['state', request.state],
  ];
  const text = query.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${tenantAddressOf(request.authority)}${isV1 ? '' : '/v2.0'}/adminconsent?${text.join('&')}`;
}

/** Codes of the platform with which an administrator's consent is what is missing (its page on error codes). */
const CODES = new Set(['AADSTS90093', 'AADSTS90094', 'AADSTS90095']);

/** Whether the platform says that only an administrator can consent. */
export function isForAdministrator(code: string | undefined): boolean {
  return code !== undefined && CODES.has(code);
}
