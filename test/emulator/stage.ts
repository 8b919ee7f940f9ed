import { createHash } from 'node:crypto';
import type { Emulator } from '../../src/emulator/index.ts';
import { formAction, json, redirected, type Seen, type Visitor, visitor } from './visitor.ts';

export const CLIENT_ID = '11111111-1111-4111-8111-111111111111';
export const SECRET = 'emulator-client-secret-not-for-production';
export const REDIRECT_URI = 'http://localhost:5000/getAToken';
export const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
export const ADELE = 'adele.vance@contoso.example';
export const VERIFIER = 'a-verifier-that-is-long-enough-for-the-rules-0123456789';

/** The URL of an authorization request with PKCE; `changes` of undefined leave a parameter out. */
export function authorizeUrl(
  emulator: Emulator,
  changes: Record<string, string | undefined> = {},
  tenant = 'common',
): string {
  const parameters = {
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: 'User.ReadBasic.All openid profile offline_access',
    state: 'the state',
    nonce: 'the-nonce',
    client_info: '1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `${emulator.baseUrl}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams(given)}`;
}

/** Picks the account and accepts where asked; the last response is the redirect to the app. */
export async function signIn(
  emulator: Emulator,
  username = ADELE,
  changes: Record<string, string | undefined> = {},
  who: Visitor = visitor(),
  tenant = 'common',
): Promise<Seen> {
  return finishSignIn(emulator, await who.get(authorizeUrl(emulator, changes, tenant)), who, username);
}

/** From the first page to the last: picks the account and accepts where asked. */
export async function finishSignIn(
  emulator: Emulator,
  first: Seen,
  who: Visitor,
  username: string,
): Promise<Seen> {
  let seen = first;
  if (seen.text.includes('Choose an account'))
    seen = await who.post(formAction(seen, emulator.baseUrl), { account: username });
  if (seen.text.includes('Permissions requested'))
    seen = await who.post(formAction(seen, emulator.baseUrl), { account: username, decision: 'accept' });
  return seen;
}

/** Asks the token endpoint. */
export function postToken(
  emulator: Emulator,
  fields: Record<string, string>,
  tenant = 'common',
  headers: Record<string, string> = {},
): Promise<Seen> {
  return visitor().post(`${emulator.baseUrl}/${tenant}/oauth2/v2.0/token`, fields, headers);
}

/** The fields that redeem a code. */
export function codeFields(code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    client_secret: SECRET,
    redirect_uri: REDIRECT_URI,
    code,
    code_verifier: VERIFIER,
    client_info: '1',
  };
}

/** Signs somebody in and redeems the code; the parsed token response. */
export async function tokensOf(
  emulator: Emulator,
  username = ADELE,
  changes: Record<string, string | undefined> = {},
): Promise<Record<string, unknown>> {
  const back = await signIn(emulator, username, changes);
  return json(await postToken(emulator, codeFields(redirected(back).get('code') ?? '')));
}

/** The claims of a JWT, unverified. */
export function claimsOf(token: unknown): Record<string, unknown> {
  const [, payload = ''] = String(token).split('.');
  const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return { ...(value as object) };
}

/** Asks Graph with a token. */
export function graph(
  emulator: Emulator,
  path: string,
  token: unknown,
  headers: Record<string, string> = {},
): Promise<Seen> {
  return visitor().get(`${emulator.baseUrl}/v1.0${path}`, { authorization: `Bearer ${token}`, ...headers });
}
