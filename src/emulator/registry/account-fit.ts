import { type AadstsError, aadstsError } from '../aadsts/index.ts';
import { type Account, isPersonal } from './accounts.ts';
import type { Registration } from './registrations.ts';
import { type Authority, admits } from './tenants.ts';

/** Where somebody signs in, and to what. */
export interface SignInPlace {
  readonly authority: Authority;
  readonly registration: Registration;
}

/** Checks that the person may use this authority and this app. @throws AadstsError 500200, 500208, 50020 */
export function checkAccount(account: Account, place: SignInPlace): void {
  const { registration, authority } = place;
  const user = account.username;
  if (!admits(authority, account.tenantId)) throw wrongAccount(account, place);
  if (isPersonal(account) && ['single-tenant', 'multi-tenant'].includes(registration.accountTypes))
    throw aadstsError(500200, { user });
  if (!isPersonal(account) && registration.accountTypes === 'personal') throw aadstsError(500208);
}

function wrongAccount(account: Account, { authority, registration }: SignInPlace): AadstsError {
  if (isPersonal(account) && authority.segment === 'organizations')
    return aadstsError(500200, { user: account.username });
  if (authority.segment === 'consumers') return aadstsError(500208);
  return aadstsError(50020, {
    user: account.username,
    idp: `https://sts.windows.net/${account.homeTenantId}/`,
    tenant: authority.tenant?.name ?? authority.segment,
    client: registration.clientId,
  });
}
