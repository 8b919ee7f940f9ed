import { aadstsError } from '../aadsts/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { type RequestedScopes, readScopes } from './scopes.ts';

/** Reads scopes. @throws AadstsError 500011 or 70011 */
export function readRequestedScopes(scope: string, http: HttpRequest): RequestedScopes {
  const scopes = readScopes(scope, http.origin);
  if ('unknownResource' in scopes)
    throw aadstsError(500011, { resource: scopes.unknownResource, tenant: http.tenant });
  if ('invalidScope' in scopes) throw aadstsError(70011, { scope: scopes.invalidScope });
  return scopes;
}
