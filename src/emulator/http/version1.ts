import type { Fields, HttpRequest } from './request.ts';

/** The old directory API: what version 1.0 gives a token for where a request names no resource. */
const DIRECTORY = '00000002-0000-0000-c000-000000000000';
/** Version 1.0 has these without being asked. */
const OPENID = 'openid profile email offline_access';

/** Whether a request came to an endpoint of version 1.0, whose paths have no version in them (wire reference K3). */
export function isVersion1({ path }: HttpRequest): boolean {
  return /\/oauth2\/(authorize|token|devicecode)/i.test(path);
}

/**
 * A request of version 1.0 in the words of version 2.0: everything that the app is registered for at the `resource`, for
 * work and school accounts. Another request stays as it is.
 */
export function asVersion2(http: HttpRequest): HttpRequest {
  if (!isVersion1(http)) return http;
  const tenant = http.tenant.toLowerCase() === 'common' ? 'organizations' : http.tenant;
  if (/\/token$/i.test(http.path)) return { ...http, tenant, body: tokenFields(http.body) };
  const body = http.method === 'GET' && /\/devicecode$/i.test(http.path) ? http.query : http.body;
  return { ...http, tenant, query: signInFields(http.query), body: signInFields(body) };
}

function signInFields(fields: Fields): Fields {
  return 'client_id' in fields ? { ...fields, scope: personScope(fields) } : fields;
}

function personScope({ resource }: Fields): string {
  return `${resource === undefined ? `${DIRECTORY}/User.Read` : `${resource}/.default`} ${OPENID}`;
}

/** What a code, a device code or a refresh token is for needs no telling; the scope never counts. */
function tokenFields({ scope: _scope, ...fields }: Fields): Fields {
  const { resource, code } = fields;
  switch (fields.grant_type) {
    case 'client_credentials':
      return { ...fields, scope: `${resource ?? DIRECTORY}/.default` };
    case 'password':
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return { ...fields, scope: personScope(fields) };
    case 'device_code':
      return { ...fields, ...(code === undefined ? {} : { device_code: code }) };
    default:
      return resource === undefined ? fields : { ...fields, scope: `${resource}/.default` };
  }
}
