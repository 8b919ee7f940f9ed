import type { HttpRequest } from '../http/index.ts';
import { decodeToken } from '../tokens/index.ts';
import type { TokenBody } from './token-response.ts';

/** A token response as version 1.0 has it: numbers as texts, the resource, and scopes without its name (wire reference K3). */
export function inVersion1(body: TokenBody, http: HttpRequest): TokenBody {
  const { aud, exp, nbf } = decodeToken(String(body.access_token))?.claims ?? {};
  const { scope } = body;
  const members = Object.entries({
    ...body,
    ...(typeof scope === 'string' ? { scope: withoutResource(scope) } : {}),
    ...{ expires_on: exp, not_before: nbf, resource: http.body.resource ?? aud },
  });
  return Object.fromEntries(
    members.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}

function withoutResource(scope: string): string {
  const names = scope.split(' ').map((one) => one.slice(one.lastIndexOf('/') + 1));
  return names.filter((one) => one !== '.default').join(' ');
}
