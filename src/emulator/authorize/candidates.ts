import { type Account, accountByHint, admits, isPersonal, type Tenant } from '../registry/index.ts';
import type { SignedIn } from '../state/index.ts';
import { authorizationFields } from './authorization-target.ts';
import type { Visit } from './visit.ts';

/** The people of the session who fit the request's hints and signed in lately enough for it. */
export function candidatesIn(here: Visit): readonly Account[] {
  const { session, request, http, world } = here;
  const signedIn = world.accounts.filter((one) =>
    session.people.some((person) => person.username === one.username && isLateEnough(person, here)),
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

function isLateEnough({ authTimeMs }: SignedIn, { request, world }: Visit): boolean {
  const { maxAgeSeconds } = request;
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
