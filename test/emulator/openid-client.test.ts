import { ConfidentialClientApplication } from '@azure/msal-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import type { Emulator } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, finishSignIn, REDIRECT_URI, SECRET, tokensOf } from './stage.ts';
import { visitor } from './visitor.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const insecure = { execute: [client.allowInsecureRequests] };

/** openid-client knows multi-tenant issuers at one origin only: its discovery is led from there to the emulator. */
function discover(tenant: string): Promise<client.Configuration> {
  if (tenant !== 'common')
    return client.discovery(
      new URL(`${emulator.baseUrl}/${tenant}/v2.0`),
      CLIENT_ID,
      SECRET,
      undefined,
      insecure,
    );
  const server = new URL('https://login.microsoftonline.com/common/v2.0');
  const ledHere: client.CustomFetch = (url, options) =>
    fetch(url.replace('https://login.microsoftonline.com', emulator.baseUrl), options as RequestInit);
  return client.discovery(server, CLIENT_ID, SECRET, undefined, {
    ...insecure,
    [client.customFetch]: ledHere,
  });
}

async function signInWith(config: client.Configuration): Promise<client.IDToken | undefined> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email offline_access User.Read',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  const who = visitor();
  const back = await finishSignIn(emulator, await who.get(url.href), who, ADELE);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, new URL(back.headers.location ?? ''), checks);
  return tokens.claims();
}

describe.each([CONTOSO, 'common'])('openid-client at %s', (tenant) => {
  test('discovers, signs in, validates the whole ID token and its signature', async () => {
    const config = await discover(tenant);
    client.enableNonRepudiationChecks(config);
    expect(await signInWith(config)).toMatchObject({ preferred_username: ADELE, tid: CONTOSO });
  });

  test.each([
    ['issuer', { claims: { iss: 'https://evil.example/v2.0' } }],
    ['audience', { claims: { aud: 'another' } }],
    ['expiry', { claims: { exp: 1_000_000_000 } }],
    ['nonce', { claims: { nonce: 'another' } }],
    ['subject', { claims: { sub: null } }],
    ['signature', { signature: 'flipped' }],
    ['key', { signature: 'unknown-key' }],
  ])('refuses a wrong %s', async (_what, wrong) => {
    const config = await discover(tenant);
    client.enableNonRepudiationChecks(config);
    emulator.addFault({ at: 'token', fault: { kind: 'id-token', ...wrong } });
    await expect(signInWith(config)).rejects.toThrow();
  });
});

test('openid-client refuses a document with another issuer', async () => {
  emulator.addFault({ at: 'metadata', fault: { kind: 'answer', set: { issuer: 'https://evil.example/' } } });
  await expect(discover(CONTOSO)).rejects.toMatchObject({ code: 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' });
});

test('jose verifies ID tokens of every kind of account against the published keys', async () => {
  const keys = createRemoteJWKSet(new URL(emulator.openidConfiguration('common').jwks_uri));
  for (const { username, tenantId } of emulator.accounts) {
    const { id_token: token } = await tokensOf(emulator, username);
    const { payload } = await jwtVerify(String(token), keys, {
      issuer: emulator.openidConfiguration('common').issuer.replace('{tenantid}', tenantId),
      audience: CLIENT_ID,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat', 'sub', 'oid', 'tid', 'nonce'],
    });
    expect(payload.preferred_username).toBe(username);
  }
});

test('MSAL Node over plain http, with the document given as authorityMetadata', async () => {
  const msal = new ConfidentialClientApplication({
    auth: {
      clientId: CLIENT_ID,
      clientSecret: SECRET,
      authority: 'https://login.microsoftonline.com/common',
      authorityMetadata: JSON.stringify(emulator.openidConfiguration('common')),
    },
  });
  const request = { scopes: ['User.ReadBasic.All'], redirectUri: REDIRECT_URI, nonce: 'some nonce' };
  const who = visitor();
  const back = await finishSignIn(emulator, await who.get(await msal.getAuthCodeUrl(request)), who, ADELE);
  const code = new URL(back.headers.location ?? '').searchParams.get('code') ?? '';
  const result = await msal.acquireTokenByCode({ ...request, code }, { code, nonce: 'some nonce' });
  expect(result.account).toMatchObject({ username: ADELE, loginHint: expect.stringMatching(/^O\./) });
  const silent = await msal.acquireTokenSilent({ ...request, account: result.account ?? never() });
  expect(silent.fromCache).toBe(true);
});

function never(): never {
  throw new Error('there is no account');
}
