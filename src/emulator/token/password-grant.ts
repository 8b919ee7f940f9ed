import { aadstsError } from '../aadsts/index.ts';
import { type Account, accountByUsername, admits, firstApi, isPersonal } from '../registry/index.ts';
import { checkPerson } from '../state/index.ts';
import { grantWithoutRequest } from '../tokens/index.ts';
import { authenticateClient } from './client-authentication.ts';
import { consentedAhead, grantedTo } from './person-grant.ts';
import { requiredField, type TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';

/** User name and password: at a tenant or `organizations` only, and not for personal accounts (wire reference K3). */
export function passwordGrant(request: TokenRequest): TokenBody {
  const { http, authority, registration, world } = request;
  const authentication = authenticateClient(http, registration, world);
  if (authority.segment === 'common' || authority.segment === 'consumers') throw aadstsError(9001023);
  const account = accountOf(requiredField(request, 'username').toLowerCase(), request);
  const password = requiredField(request, 'password');
  const scope = requiredField(request, 'scope');
  if ((account.password ?? password) !== password) throw aadstsError(50126);
  checkPerson(account, { authority, registration }, world);
  const scopes = consentedAhead(account, scope, request);
  if (account.needsSecondFactor === true)
    throw aadstsError(50076, { resource: `'${firstApi(scopes).appId}'` });
  const person = { clientId: registration.clientId, username: account.username };
  const grant = grantWithoutRequest({ ...person, scopes, authTimeMs: world.now() });
  return grantedTo(grant, request, authentication);
}

function accountOf(user: string, { authority, http, world }: TokenRequest): Account {
  const account = accountByUsername(user, world.accounts);
  if (account === undefined || isPersonal(account) || !admits(authority, account.tenantId))
    throw aadstsError(50034, { user, tenant: authority.tenant?.id ?? http.tenant });
  return account;
}
