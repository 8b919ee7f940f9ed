import { isGuid } from './guid.ts';
import type { Fields, HttpRequest } from './request.ts';

/** Whether a part of a path names a user flow of B2C, or a custom policy (wire reference I). */
export function isUserFlow(name: string | undefined): name is string {
  return /^b2c_1a?_[\w-]+$/i.test(name ?? '');
}

/**
 * A request to a user flow of B2C: the parameter `p` names it too, and an app asks for a token for itself by its own
 * client id.
 */
export function inUserFlow(http: HttpRequest): HttpRequest {
  const policy = [http.policy, http.query.p].find(isUserFlow) ?? '';
  if (policy === '') return http;
  return { ...http, policy, query: ownScope(http.query), body: ownScope(http.body) };
}

function ownScope(fields: Fields): Fields {
  const { scope } = fields;
  if (scope === undefined) return fields;
  const scopes = scope.split(' ').map((one) => (isGuid(one) ? `${one}/.default` : one));
  return { ...fields, scope: scopes.join(' ') };
}
