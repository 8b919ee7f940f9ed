import { hasEndpointPattern, isExternalId, PERSONAL_TENANT } from '../clouds.ts';
import { type AppError, UpstreamError } from '../errors.ts';
import { guidIn, isGuid } from '../guid.ts';
import type { IdentityNetwork } from './network.ts';

/** What the app needs to know of an authority (OpenID Connect Discovery 1.0, section 3). */
export interface AuthorityMetadata {
  /** May hold `{tenantid}`, to be filled with the token's own tenant. */
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  endSessionEndpoint: string | undefined;
  /** Every authorization response names the issuer (RFC 9207, section 3). */
  namesIssuer: boolean;
  jwksUri: string;
  /** Origin of the endpoints: the only one that secrets are sent to. */
  origin: string;
  /** The same facts, and nothing else, as the JSON text that MSAL takes in place of discovery. */
  document: string;
}

export interface Authority {
  /** The tenant segment of its URL: common, organizations, consumers, an id or a name; empty for External ID. */
  tenant: string;
  /** The user flow or custom policy of Azure AD B2C, in lower case; absent for every other authority. */
  userFlow?: string;
  url: string;
  /**
   * The authority's metadata: known in advance for Microsoft's own hosts, else discovered once and kept. A failed
   * discovery is not kept, so the next request tries again.
   * @throws UpstreamError `authority_unreachable`, `authority_timeout` or `authority_misconfigured`
   */
  metadata(): Promise<AuthorityMetadata>;
}

interface AuthoritySettings {
  authority: string;
  /** An OpenID configuration document that was made on this machine, and so is trusted as it is. */
  authorityMetadata?: string;
}

/** Prepares an authority; asks the network only where its endpoints cannot be known in advance. */
export function createAuthority(settings: AuthoritySettings, network: IdentityNetwork): Authority {
  const url = new URL(settings.authority);
  const tenant = url.pathname.split('/')[1] ?? '';
  const known = knownMetadata(settings, url, tenant);
  let discovery: Promise<AuthorityMetadata> | undefined;
  const discover = () => {
    discovery ??= discoverMetadata(url, network).catch((error: unknown) => {
      discovery = undefined;
      throw error;
    });
    return discovery;
  };
  return {
    tenant,
    ...userFlowOf(url),
    url: settings.authority,
    metadata: () => (known ? Promise.resolve(known) : discover()),
  };
}

/** Source: Microsoft's page on Azure AD B2C tokens: names begin with B2C_1_, those of custom policies with B2C_1A_. */
function userFlowOf({ pathname }: URL): { userFlow?: string } {
  const name = pathname.toLowerCase().match(/\/(b2c_1a?_[\w-]+)$/)?.[1];
  return name === undefined ? {} : { userFlow: name };
}

function knownMetadata(settings: AuthoritySettings, url: URL, tenant: string): AuthorityMetadata | undefined {
  if (settings.authorityMetadata !== undefined) {
    const given = JSON.parse(settings.authorityMetadata) as Record<string, unknown>;
    return readDocument(given, (endpoint) => endpoint.origin);
  }
  if (!hasEndpointPattern(url.host) || !/^(common|organizations|consumers)$|^[0-9a-f-]{36}$/i.test(tenant))
    return undefined;
  return readDocument(patternDocument(url.origin, tenant), (endpoint) => endpoint.origin);
}

function patternDocument(origin: string, tenant: string): Record<string, unknown> {
  const issuerTenant =
    { common: '{tenantid}', organizations: '{tenantid}', consumers: PERSONAL_TENANT }[tenant] ?? tenant;
  return {
    issuer: `${origin}/${issuerTenant}/v2.0`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    end_session_endpoint: `${origin}/${tenant}/oauth2/v2.0/logout`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
  };
}

async function discoverMetadata(url: URL, network: IdentityNetwork): Promise<AuthorityMetadata> {
  const document = await getDocument(network, discoveryAddressOf(url.href), url.origin);
  const metadata = readDocument(document, (endpoint) => {
    if (endpoint.origin !== url.origin)
      throw misconfigured('an endpoint is of another origin than the authority');
    return endpoint.origin;
  });
  if (!isIssuerOf(url, metadata.issuer))
    throw misconfigured('the issuer is of another host than the authority');
  return metadata;
}

/** Where an authority describes itself (OpenID Connect Discovery 1.0, section 4). */
export function discoveryAddressOf(authority: string): string {
  return `${tenantAddressOf(authority)}/v2.0/.well-known/openid-configuration`;
}

/** `https://host/tenant`. External ID without a path: MSAL and Microsoft use `NAME.onmicrosoft.com`. */
export function tenantAddressOf(authority: string): string {
  const { origin, hostname, pathname } = new URL(authority);
  const path = pathname.replace(/\/+$/, '');
  if (path !== '' || !isExternalId(hostname)) return `${origin}${path}`;
  return `${origin}/${hostname.split('.')[0]}.onmicrosoft.com`;
}

async function getDocument(network: IdentityNetwork, address: string, origin: string) {
  try {
    return await network.getJson(address, origin);
  } catch (error) {
    const reason = error as AppError;
    if (reason.code !== 'token_answer_refused') throw error;
    throw misconfigured(`discovery: ${reason.detail ?? reason.message}`);
  }
}

/**
 * External ID names its issuer by the tenant's id where the endpoints use the tenant's name, and also where the tenant
 * has a domain of its own, whose addresses hold that id.
 */
function isIssuerOf(authority: URL, issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, host } = new URL(issuer);
  if (protocol !== authority.protocol) return false;
  if (host === authority.host) return true;
  const [, tenantId] = /^([0-9a-f-]{36})\.ciamlogin\.com$/.exec(host) ?? [];
  if (tenantId === undefined) return false;
  return isExternalId(authority.hostname) || authority.pathname.toLowerCase().startsWith(`/${tenantId}`);
}

function readDocument(
  document: Record<string, unknown>,
  originOf: (endpoint: URL) => string,
): AuthorityMetadata {
  const endpoint = (name: string): string => {
    const value = document[name];
    if (typeof value !== 'string' || !URL.canParse(value)) throw misconfigured(`${name} is no address`);
    return value;
  };
  const endpoints = {
    authorizationEndpoint: endpoint('authorization_endpoint'),
    tokenEndpoint: endpoint('token_endpoint'),
    jwksUri: endpoint('jwks_uri'),
    endSessionEndpoint:
      document.end_session_endpoint === undefined ? undefined : endpoint('end_session_endpoint'),
  };
  const origins = Object.values(endpoints).flatMap((address) =>
    address === undefined ? [] : [originOf(new URL(address))],
  );
  if (typeof document.issuer !== 'string' || new Set(origins).size !== 1) {
    throw misconfigured('the issuer is missing or the endpoints are of several origins');
  }
  return {
    ...endpoints,
    issuer: document.issuer,
    namesIssuer: document.authorization_response_iss_parameter_supported === true,
    origin: new URL(endpoints.tokenEndpoint).origin,
    document: JSON.stringify({
      issuer: document.issuer,
      authorization_endpoint: endpoints.authorizationEndpoint,
      token_endpoint: endpoints.tokenEndpoint,
      jwks_uri: endpoints.jwksUri,
      end_session_endpoint: endpoints.endSessionEndpoint,
    }),
  };
}

function misconfigured(detail: string): UpstreamError {
  const message = 'The authority describes itself in a way that is refused.';
  return new UpstreamError('authority_misconfigured', 503, message, { detail });
}

/** Whether a tenant is one that this authority is for. An authority by name was resolved to its id by discovery. */
export function isTenantOfAuthority(tenantId: string, tenant: string, issuer: string): boolean {
  const personal = tenantId.toLowerCase() === PERSONAL_TENANT;
  if (tenant === 'organizations') return !personal;
  if (tenant === 'consumers') return personal;
  if (tenant === 'common') return true;
  const own = isGuid(tenant) ? tenant : (guidIn(issuer) ?? '');
  return own.toLowerCase() === tenantId.toLowerCase();
}

/** The authority's address without a tenant that the settings alone tell from others, which is judged by itself. */
export function boundPartOf(authority: string): string {
  const { origin, pathname } = new URL(authority);
  const [, tenant = '', ...more] = pathname.toLowerCase().split('/');
  return [origin, isKnownTenant(tenant) ? '{tenantid}' : tenant, ...more].join('/');
}

/** Whether nobody has to be asked whose tenant this is, as for a tenant by name. */
export function isKnownTenant(tenant: string): boolean {
  return /^(common|organizations|consumers)$/.test(tenant) || isGuid(tenant);
}
