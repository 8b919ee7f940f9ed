import { createHash } from 'node:crypto';
import { aadstsError } from '../aadsts/index.ts';
import type { IssuedCode } from '../state/index.ts';
import { CODE_LIFETIME_MS } from '../tokens/index.ts';
import { authenticateClient } from './client-authentication.ts';
import { grantedTo } from './person-grant.ts';
import { checkRedeemer, lifeOf, requiredField, type TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';

/** What a code is checked for, in this order. */
const CHECKS: readonly ((code: IssuedCode, request: TokenRequest) => void)[] = [
  isThisClients,
  isRedeemedWhereItMay,
  isFresh,
  isUnused,
  redirectUriIsTheSame,
  verifierFits,
];

/** The authorization code grant (RFC 6749 section 4.1.3, RFC 7636 section 4.6). */
export function codeGrant(request: TokenRequest): TokenBody {
  const { http, registration, world } = request;
  const code = world.codes.get(http.body.code ?? '');
  const authentication = authenticateClient(http, registration, world, code?.grant.spaUntilMs !== undefined);
  requiredField(request, 'code');
  requiredField(request, 'redirect_uri');
  if (code === undefined) throw aadstsError(70000);
  for (const check of CHECKS) check(code, request);
  const body = grantedTo(code.grant, request, authentication);
  code.redeemed = true;
  return body;
}

function isThisClients(code: IssuedCode, { registration }: TokenRequest): void {
  if (code.grant.clientId !== registration.clientId) throw aadstsError(70000);
}

function isRedeemedWhereItMay(code: IssuedCode, request: TokenRequest): void {
  checkRedeemer(request, code.grant.spaUntilMs !== undefined);
}

function isFresh(code: IssuedCode, { world }: TokenRequest): void {
  const { issuedAtMs } = code;
  if (world.now() - issuedAtMs < CODE_LIFETIME_MS) return;
  throw aadstsError(70008, lifeOf(issuedAtMs, issuedAtMs + CODE_LIFETIME_MS, world.now()));
}

function isUnused(code: IssuedCode): void {
  if (code.redeemed) throw aadstsError(54005);
}

function redirectUriIsTheSame(code: IssuedCode, { http, registration }: TokenRequest): void {
  const uri = http.body.redirect_uri ?? '';
  if (uri !== code.redirectUri) throw aadstsError(50011, { uri, client: registration.clientId });
}

/** A verifier must come where a challenge came, and only there (RFC 9700 section 4.8.2). */
function verifierFits(code: IssuedCode, { http }: TokenRequest): void {
  const verifier = http.body.code_verifier;
  if (code.codeChallenge === undefined && verifier === undefined) return;
  if (code.codeChallenge === undefined || verifier === undefined) throw aadstsError(50148);
  const challenge =
    code.codeChallengeMethod === 'S256'
      ? createHash('sha256').update(verifier).digest('base64url')
      : verifier;
  if (challenge !== code.codeChallenge) throw aadstsError(501481);
}
