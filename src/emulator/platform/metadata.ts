import { type Authority, CLOUDS, PERSONAL_TENANT_ID } from '../registry/index.ts';
import { issuerOf, issuerOfVersion1 } from '../tokens/index.ts';

/** The v2.0 discovery document (OpenID Connect Discovery 1.0 section 3; wire reference A2). */
export interface OpenidConfiguration {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly end_session_endpoint: string;
  readonly device_authorization_endpoint: string;
  readonly userinfo_endpoint: string;
  readonly [name: string]: unknown;
}

const CLAIMS =
  'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr nonce preferred_username name tid ver at_hash c_hash email';

/** The discovery document of an authority, every URL in it starting with `origin`; keys in the captured order (A2). */
export function openidConfiguration(origin: string, authority: Authority): OpenidConfiguration {
  const base = `${origin}/${authority.segment}`;
  const host = new URL(origin).host;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerOf(origin, authority.tenant?.id),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${origin}/oidc/userinfo`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: CLAIMS.split(' '),
    kerberos_endpoint: `${base}/kerberos`,
    tenant_region_scope: regionOf(authority),
    cloud_instance_name: host,
    cloud_graph_host_name: host,
    msgraph_host: host,
    rbac_url: origin,
  };
}

function regionOf(authority: Authority): string | null {
  return authority.tenant === undefined || authority.tenant.id === PERSONAL_TENANT_ID ? null : 'WW';
}

const CLAIMS_OF_VERSION_1 =
  'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr amr nonce email given_name family_name nickname';

/** The v1.0 document: another issuer, endpoints of its own, and no page that checks sessions (wire reference A1, K3). */
export function openidConfigurationV1(origin: string, authority: Authority): OpenidConfiguration {
  const base = `${origin}/${authority.segment}`;
  const { request_uri_parameter_supported: _none, ...rest } = openidConfiguration(origin, authority);
  return {
    ...rest,
    token_endpoint: `${base}/oauth2/token`,
    jwks_uri: `${origin}/common/discovery/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'token id_token', 'token'],
    scopes_supported: ['openid'],
    issuer: issuerOfVersion1(authority.tenant?.id ?? '{tenantid}'),
    microsoft_multi_refresh_token: true,
    userinfo_endpoint: `${base}/openid/userinfo`,
    authorization_endpoint: `${base}/oauth2/authorize`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    end_session_endpoint: `${base}/oauth2/logout`,
    claims_supported: CLAIMS_OF_VERSION_1.split(' '),
  };
}

/** The response of instance discovery: the emulator's own host is one more cloud (wire reference A5). */
export function instanceDiscovery(origin: string, segment: string): Record<string, unknown> {
  const own = new URL(origin).host;
  const clouds: typeof CLOUDS = [...CLOUDS, { aliases: [own] }];
  return {
    tenant_discovery_endpoint: `${origin}/${segment}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: clouds.map(({ aliases, cache = aliases[0] }) => ({
      preferred_network: aliases[0],
      preferred_cache: cache,
      aliases,
    })),
  };
}
