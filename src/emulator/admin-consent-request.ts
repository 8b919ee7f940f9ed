import { refusal } from './aadsts.ts';
import type { Asked } from './asked.ts';
import { checkAccountTypes, readAuthority, readRegistration } from './authorization-request.ts';
import { acceptsBelow, acceptsRedirectUri } from './redirect-uri.ts';
import type { Registration } from './registrations.ts';
import { scopesOrRefuse } from './requested-scopes.ts';
import type { Authority } from './tenants.ts';
import type { World } from './world.ts';

/** The two forms of admin consent (wire reference E). */
export type Version = 'v1' | 'v2';

/** An admin consent request that passed its checks. */
export interface AdminConsent {
  readonly version: Version;
  readonly asked: Asked;
  readonly world: World;
  readonly registration: Registration;
  readonly authority: Authority;
  /** Where the answer goes; undefined where nobody registered an address, and then it is a page. */
  readonly redirectUri: string | undefined;
  readonly scopes: readonly string[];
  /** Whether everything in the registration is granted, application permissions included. */
  readonly all: boolean;
}

/** Reads a request for admin consent. @throws AadstsError 90002, 700016, 50194, 50011, 900144 and others */
export function readAdminConsent(version: Version, asked: Asked, world: World): AdminConsent {
  const authority = readAuthority(asked.tenant, world);
  const registration = readRegistration(asked.query.client_id, asked.tenant, world);
  checkAccountTypes(registration, authority);
  const uri = asked.query.redirect_uri;
  if (uri !== undefined && !mayAnswerAt(uri, version, registration))
    throw refusal(50011, { uri, client: registration.clientId });
  const redirectUri = uri ?? registration.redirectUris[0];
  return {
    version,
    asked,
    world,
    registration,
    authority,
    redirectUri,
    ...grantsOf(version, asked, registration),
  };
}

function mayAnswerAt(uri: string, version: Version, registration: Registration): boolean {
  return acceptsRedirectUri(registration, uri) || (version === 'v1' && acceptsBelow(registration, uri));
}

/** The old form grants all that the registration lists, the new one what it asks for (wire reference E). */
function grantsOf(
  version: Version,
  asked: Asked,
  registration: Registration,
): Pick<AdminConsent, 'scopes' | 'all'> {
  const listed = [...registration.delegatedPermissions, ...registration.applicationPermissions];
  if (version === 'v1') return { scopes: listed, all: true };
  if (asked.query.scope === undefined) throw refusal(900144, { parameter: 'scope' });
  const { all, permissions } = scopesOrRefuse(asked.query.scope, asked);
  return { scopes: all ? [...listed, ...permissions] : permissions, all };
}
