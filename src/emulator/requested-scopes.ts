import { refusal } from './aadsts.ts';
import type { Asked } from './asked.ts';
import { type RequestedScopes, readScopes } from './scopes.ts';

/** Reads scopes. @throws AadstsError 500011 or 70011 */
export function scopesOrRefuse(scope: string, asked: Asked): RequestedScopes {
  const scopes = readScopes(scope, asked.origin);
  if ('unknownResource' in scopes)
    throw refusal(500011, { resource: scopes.unknownResource, tenant: asked.tenant });
  if ('invalidScope' in scopes) throw refusal(70011, { scope: scopes.invalidScope });
  return scopes;
}
