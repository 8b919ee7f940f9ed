import type { HttpRequest } from '../http/index.ts';
import { readAuthority } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { issuerOfUserFlow } from '../tokens/index.ts';

const CLAIMS = 'name given_name family_name emails sub tfp iss iat exp nbf aud ver nonce auth_time';

/** The discovery document of a B2C user flow, at the path where it was asked for (wire reference I). */
export function userFlowConfiguration(http: HttpRequest, world: World): Readonly<Record<string, unknown>> {
  const { tenant } = readAuthority(http.tenant, world);
  const path = http.path.replace(/\/v2\.0\/\.well-known\/openid-configuration$/i, '');
  const base = `${http.origin}${path.includes(http.policy) ? path : `${path}/${http.policy}`}`;
  return {
    issuer: issuerOfUserFlow(http.origin, tenant?.id ?? ''),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: CLAIMS.split(' '),
  };
}
