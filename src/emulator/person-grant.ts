import { refusal } from './aadsts.ts';
import { accountByUsername } from './accounts.ts';
import { type Grant, readClaims } from './grant.ts';
import { scopesOrRefuse } from './requested-scopes.ts';
import type { RequestedScopes } from './scopes.ts';
import { admits } from './tenants.ts';
import { type TokenBody, userTokenBody } from './token-answer.ts';
import type { TokenRequest } from './token-request.ts';

/**
 * Tokens for a grant that a person gave: of the scopes this request asks for, else of the grant's own.
 * @throws AadstsError 700005 at another tenant, 65001 for a scope without consent
 */
export function grantedTo(grant: Grant, request: TokenRequest): TokenBody {
  const { asked, world, registration, authority } = request;
  const account = accountByUsername(grant.username, world.accounts);
  if (account === undefined) throw refusal(70000);
  if (!admits(authority, account.tenantId)) throw refusal(700005);
  const scopes = requestedScopes(grant, request);
  const granted = world.consents.granted(account, grant.clientId);
  if (scopes.permissions.some((one) => !granted.includes(one)))
    throw refusal(65001, { client: registration.clientId, name: registration.name });
  const claims = readClaims(asked.body.claims);
  const whole = {
    ...grant,
    scopes,
    account,
    origin: asked.origin,
    handlesClaims: grant.handlesClaims || claims?.handlesClaims === true,
  };
  return userTokenBody(whole, asked.body.client_info === '1', world);
}

/** OpenID scopes come with the grant: a request can repeat them or leave them, and gets the same. */
function requestedScopes(grant: Grant, { asked }: TokenRequest): RequestedScopes {
  if (asked.body.scope === undefined) return grant.scopes;
  return { ...scopesOrRefuse(asked.body.scope, asked), openId: grant.scopes.openId };
}
