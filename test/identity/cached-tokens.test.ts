import { ConfidentialClientApplication } from '@azure/msal-node';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulator/index.ts';
import { accessTokensIn, usableAccessToken } from '../../src/identity/cached-tokens.ts';
import { ADELE, CLIENT_ID, finishSignIn, REDIRECT_URI, SECRET } from '../emulator/stage.ts';
import { visitor } from '../emulator/visitor.ts';
import { openEmulator } from '../support/emulator.ts';

const SCOPES = ['User.ReadBasic.All'];
const HOUR_MS = 3_600_000;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
afterAll(() => emulator.close());

/** What MSAL itself serialises after a sign-in, and the access token that it gave. */
async function signedInWithMsal() {
  const msal = new ConfidentialClientApplication({
    auth: {
      clientId: CLIENT_ID,
      clientSecret: SECRET,
      authority: 'https://login.microsoftonline.com/common',
      authorityMetadata: JSON.stringify(emulator.openidConfiguration('common')),
    },
  });
  const request = { scopes: SCOPES, redirectUri: REDIRECT_URI };
  const who = visitor();
  const back = await finishSignIn(emulator, await who.get(await msal.getAuthCodeUrl(request)), who, ADELE);
  const code = new URL(back.headers.location ?? '').searchParams.get('code') ?? '';
  const { account, accessToken } = await msal.acquireTokenByCode({ ...request, code });
  if (account === null) throw new Error('there is no account');
  return { accessToken, account, tokens: accessTokensIn(msal.getTokenCache().serialize()) };
}

test('the access token at hand is found in what MSAL serialises', async () => {
  const { accessToken, account, tokens } = await signedInWithMsal();
  const { homeAccountId, tenantId, username, environment } = account;
  const known = { homeAccountId, tenantId, username, environment };
  const person = { ...known, objectId: '', subject: '', displayName: '', kind: 'work' } as const;
  expect(usableAccessToken(tokens, person, SCOPES, Date.now())).toBe(accessToken);
  expect(usableAccessToken(tokens, person, ['Mail.Read'], Date.now())).toBeUndefined();
  expect(usableAccessToken(tokens, person, SCOPES, Date.now() + 2 * HOUR_MS)).toBeUndefined();
  const other = { ...person, homeAccountId: 'another' };
  expect(usableAccessToken(tokens, other, SCOPES, Date.now())).toBeUndefined();
});
