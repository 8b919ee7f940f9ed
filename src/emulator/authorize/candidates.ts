import type { HttpRequest } from '../http/index.ts';
import { type Account, accountByHint, admits, isPersonal, type Tenant } from '../registry/index.ts';
import type { BrowserSession, SignedIn, World } from '../state/index.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { authorizationFields } from './authorization-target.ts';

/** The people of the session who fit the request's hints and signed in lately enough for it. */
export function candidatesIn(
  session: BrowserSession,
  request: AuthorizationRequest,
  http: HttpRequest,
  world: World,
): readonly Account[] {
  const signedIn = world.accounts.filter((one) =>
    session.people.some((person) => person.username === one.username && isLateEnough(person, request, world)),
  );
  const fitting = signedIn.filter((one) => admits(request.authority, one.tenantId));
  const fields = authorizationFields(http);
  if (fields.sid !== undefined && fields.sid !== session.sid) return [];
  if (fields.login_hint !== undefined) {
    const hinted = accountByHint(fields.login_hint, fitting);
    return hinted === undefined ? [] : [hinted];
  }
  return byDomainHint(fitting, fields.domain_hint, world.tenants);
}

function isLateEnough(
  { authTimeMs }: SignedIn,
  { maxAgeSeconds }: AuthorizationRequest,
  world: World,
): boolean {
  return maxAgeSeconds === undefined || world.now() - authTimeMs < maxAgeSeconds * 1000;
}

/** Keeps the accounts that a domain_hint means: consumers, organizations or a domain (wire reference B3). */
export function byDomainHint(
  accounts: readonly Account[],
  hint: string | undefined,
  tenants: readonly Tenant[],
): readonly Account[] {
  if (hint === undefined) return accounts;
  if (hint === 'consumers') return accounts.filter(isPersonal);
  if (hint === 'organizations') return accounts.filter((one) => !isPersonal(one));
  const tenant = tenants.find((one) => one.domain === hint);
  const inDomain = accounts.filter((one) => one.homeTenantId === tenant?.id);
  return inDomain.length === 0 ? accounts : inDomain;
}
