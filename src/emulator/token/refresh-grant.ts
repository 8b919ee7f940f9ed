import { aadstsError } from '../aadsts/index.ts';
import { accountByUsername } from '../registry/index.ts';
import { openRefreshToken, REFRESH_TOKEN_LIFETIME_MS, type RefreshRecord } from '../tokens/index.ts';
import { authenticateClient } from './client-authentication.ts';
import { grantedTo } from './person-grant.ts';
import { checkRedeemer, lifeOf, requiredField, type TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';

/** The refresh grant: a new refresh token each time, the old one stays good (wire reference C5). */
export function refreshGrant(request: TokenRequest): TokenBody {
  const { http, registration, world } = request;
  const record = openRefreshToken(http.body.refresh_token ?? '', world);
  const isSpa = record?.grant.spaUntilMs !== undefined;
  const authentication = authenticateClient(http, registration, world, isSpa);
  requiredField(request, 'refresh_token');
  if (record === undefined) throw aadstsError(9002313);
  if (record.grant.clientId !== registration.clientId) throw aadstsError(70000);
  checkRedeemer(request, isSpa);
  checkAge(record, request);
  const body = grantedTo(record.grant, request, authentication);
  world.spentTokens.set(record.id, true);
  return body;
}

function checkAge(record: RefreshRecord, { world }: TokenRequest): void {
  const now = world.now();
  const { spaUntilMs = Number.POSITIVE_INFINITY } = record.grant;
  const expiresMs = record.issuedAtMs + REFRESH_TOKEN_LIFETIME_MS;
  if (now >= spaUntilMs) throw aadstsError(700084, lifeOf(record.issuedAtMs, spaUntilMs, now));
  if (now >= expiresMs) throw aadstsError(700082, lifeOf(record.issuedAtMs, expiresMs, now));
  const account = accountByUsername(record.grant.username, world.accounts);
  const validFromMs = world.validFrom.get(account?.objectId ?? '') ?? 0;
  if (record.issuedAtMs >= validFromMs) return;
  throw aadstsError(50173, {
    issued: new Date(record.issuedAtMs).toISOString(),
    validFrom: new Date(validFromMs).toISOString(),
  });
}
