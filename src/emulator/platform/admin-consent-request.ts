import { aadstsError } from '../aadsts/index.ts';
import type { HttpRequest } from '../http/index.ts';
import {
  type Asking,
  type Authority,
  acceptsBelow,
  acceptsRedirectUri,
  checkAccountTypes,
  listedKeys,
  permissionKeys,
  type Registration,
  readAuthority,
  readRegistration,
  readRequestedScopes,
} from '../registry/index.ts';
import type { World } from '../state/index.ts';

/** The two forms of admin consent (wire reference E). */
export type Version = 'v1' | 'v2';

/** An admin consent request that passed its checks. */
export interface AdminConsent extends Asking {
  readonly version: Version;
  readonly world: World;
  readonly authority: Authority;
  /** Where the response goes; undefined where nobody registered an address, and then it is a page. */
  readonly redirectUri: string | undefined;
  readonly scopes: readonly string[];
  /** Whether everything in the registration is granted, application permissions included. */
  readonly all: boolean;
}

/** Reads a request for admin consent. @throws AadstsError 90002, 700016, 50194, 50011, 900144 and others */
export function readAdminConsent(version: Version, http: HttpRequest, world: World): AdminConsent {
  const authority = readAuthority(http.tenant, world);
  const registration = readRegistration(http.query.client_id, http.tenant, world);
  checkAccountTypes(registration, authority);
  const uri = http.query.redirect_uri;
  if (uri !== undefined && !mayAnswerAt(uri, version, registration))
    throw aadstsError(50011, { uri, client: registration.clientId });
  const redirectUri = uri ?? registration.redirectUris[0];
  const asking = { http, registration, world };
  return { version, ...asking, authority, redirectUri, ...grantsOf(version, asking) };
}

function mayAnswerAt(uri: string, version: Version, registration: Registration): boolean {
  return acceptsRedirectUri(registration, uri) || (version === 'v1' && acceptsBelow(registration, uri));
}

/** The old form grants all that the registration lists, the new one what it asks for (wire reference E). */
function grantsOf(version: Version, asking: Asking): Pick<AdminConsent, 'scopes' | 'all'> {
  const { registration: client, http } = asking;
  const listed = listedKeys([...client.delegatedPermissions, ...client.applicationPermissions], asking);
  if (version === 'v1') return { scopes: listed, all: true };
  if (http.query.scope === undefined) throw aadstsError(900144, { parameter: 'scope' });
  const { apis } = readRequestedScopes(http.query.scope, asking);
  const named = apis.flatMap((api) => permissionKeys(api));
  const all = apis.some((api) => api.all);
  return { scopes: all ? [...listed, ...named] : named, all };
}
