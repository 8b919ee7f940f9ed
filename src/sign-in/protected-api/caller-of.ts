import { MissingError } from '../../errors.ts';
import type { AccessTokenClaims } from '../../identity/index.ts';
import type { Caller } from '../caller.ts';

/** What callers need: any one of the scopes where they bring a person's token, any one of the roles where their own. */
interface Needed {
  scopes: readonly string[];
  roles: readonly string[];
}

/** Who a verified access token says is calling. */
export function callerOf(claims: AccessTokenClaims): Caller {
  const { scp, roles = [], oid, tid, xms_cc: capabilities } = claims;
  return {
    claims,
    scopes: scp === undefined ? [] : scp.split(' ').filter((scope) => scope !== ''),
    roles,
    answersChallenges: Array.isArray(capabilities) && capabilities.includes('cp1'),
    ...(scp === undefined || oid === undefined
      ? {}
      : { account: { objectId: oid, tenantId: tid, ...usernameOf(claims) } }),
  };
}

function usernameOf({ preferred_username, upn }: AccessTokenClaims): { username?: string } {
  const username = preferred_username ?? upn;
  return typeof username === 'string' ? { username } : {};
}

/**
 * A token with `scp` is a person's and judged by its scopes alone; one without is an app's own and judged by its roles
 * alone, so that neither passes for the other.
 * @throws MissingError `permission_missing` (403)
 */
export function requireAny({ claims, scopes, roles }: Caller, needed: Needed): void {
  const isPersons = claims.scp !== undefined;
  const [has, needs, what] = isPersons
    ? [scopes, needed.scopes, 'scope']
    : [roles, needed.roles, 'application role'];
  if (needs.some((name) => has.includes(name))) return;
  const sentence =
    needs.length === 0
      ? `This API takes no access tokens of ${isPersons ? 'people' : 'apps'} here.`
      : `The access token needs the ${what} ${needs.join(' or ')}.`;
  throw new MissingError('permission_missing', sentence, needs);
}
