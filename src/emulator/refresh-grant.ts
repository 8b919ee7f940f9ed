import { refusal } from './aadsts.ts';
import { accountByUsername } from './accounts.ts';
import { authenticateClient } from './client-authentication.ts';
import { REFRESH_TOKEN_LIFETIME_MS } from './lifetimes.ts';
import { grantedTo } from './person-grant.ts';
import { openRefreshToken, type RefreshRecord, type TokenBody } from './token-answer.ts';
import { checkRedeemer, requiredField, type TokenRequest } from './token-request.ts';

/** The refresh grant: a new refresh token each time, the old one stays good (wire reference C5). */
export function refreshGrant(request: TokenRequest): TokenBody {
  const { asked, registration, world } = request;
  const record = openRefreshToken(asked.body.refresh_token ?? '', world);
  const isSpa = record?.grant.spaUntilMs !== undefined;
  authenticateClient(asked, registration, world, isSpa);
  requiredField(request, 'refresh_token');
  if (record === undefined) throw refusal(9002313);
  if (record.grant.clientId !== registration.clientId) throw refusal(70000);
  checkRedeemer(request, isSpa);
  checkAge(record, request);
  const body = grantedTo(record.grant, request);
  world.spentTokens.set(record.id, true);
  return body;
}

function checkAge(record: RefreshRecord, { world }: TokenRequest): void {
  if (world.now() >= (record.grant.spaUntilMs ?? Number.POSITIVE_INFINITY)) throw refusal(700084);
  if (world.now() - record.issuedAtMs >= REFRESH_TOKEN_LIFETIME_MS) throw refusal(700082);
  const account = accountByUsername(record.grant.username, world.accounts);
  const validFromMs = world.validFrom.get(account?.objectId ?? '') ?? 0;
  if (record.issuedAtMs >= validFromMs) return;
  throw refusal(50173, {
    issued: new Date(record.issuedAtMs).toISOString(),
    validFrom: new Date(validFromMs).toISOString(),
  });
}
