import { aadstsError } from '../aadsts/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { type RequestedScopes, readScopes } from './scopes.ts';

/** Longer than any address can be: a form could hold a megabyte of scopes. */
const MAX_SCOPE_LENGTH = 16_384;

/** Reads scopes. @throws AadstsError 90015, 500011 or 70011 */
export function readRequestedScopes(scope: string, http: HttpRequest): RequestedScopes {
  if (scope.length > MAX_SCOPE_LENGTH) throw aadstsError(90015);
  const scopes = readScopes(scope, http.origin);
  if ('unknownResource' in scopes)
    throw aadstsError(500011, { resource: scopes.unknownResource, tenant: http.tenant });
  if ('invalidScope' in scopes) throw aadstsError(70011, { scope: scopes.invalidScope });
  return scopes;
}
