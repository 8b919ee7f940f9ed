import { aadstsError } from '../aadsts/index.ts';
import type { Fields, HttpRequest } from '../http/index.ts';
import {
  type Authority,
  acceptsRedirectUri,
  checkAccountTypes,
  type Registration,
  readAuthority,
  readRegistration,
  responseUri,
} from '../registry/index.ts';
import type { World } from '../state/index.ts';

/** How the response travels (wire reference B3). */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Who asks, and where the response goes: known before anything may be redirected. */
export interface AuthorizationTarget {
  readonly authority: Authority;
  readonly registration: Registration;
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

/** The parameters of an authorization request, sent by GET or POST (OpenID Connect Core 3.1.2.1). */
export function authorizationFields(http: HttpRequest): Fields {
  return http.method === 'POST' && 'client_id' in http.body ? http.body : http.query;
}

function readRedirectUri(fields: Fields, registration: Registration): string {
  const uri = fields.redirect_uri;
  const [first] = [...registration.redirectUris, ...registration.spaRedirectUris];
  if (uri === undefined || uri === '') {
    if (first === undefined)
      throw aadstsError(registration.friendly ? 900971 : 500113, { client: registration.clientId });
    return first;
  }
  if (acceptsRedirectUri(registration, uri)) return uri;
  throw aadstsError(50011, { uri, client: registration.clientId });
}

/** The target of a request; whatever is wrong up to here is shown as a page (wire reference B6). */
export function readTarget(http: HttpRequest, world: World): AuthorizationTarget {
  const fields = authorizationFields(http);
  const authority = readAuthority(http.tenant, world);
  const registration = readRegistration(fields.client_id, http.tenant, world);
  checkAccountTypes(registration, authority);
  const redirectUri = readRedirectUri(fields, registration);
  return {
    authority,
    registration,
    redirectUri,
    responseMode: responseModeOf(fields),
    state: fields.state,
  };
}

/** `query` unless a token is asked for; an impossible choice is corrected here and refused later. */
function responseModeOf(fields: Fields): ResponseMode {
  const hasToken = (fields.response_type ?? '').includes('token');
  const mode = fields.response_mode;
  if (mode === 'form_post' || mode === 'fragment') return mode;
  return hasToken ? 'fragment' : 'query';
}

/** Where the response goes, with the slash a bare origin gets. */
export function responseTarget(target: AuthorizationTarget): string {
  return responseUri(target.redirectUri);
}
