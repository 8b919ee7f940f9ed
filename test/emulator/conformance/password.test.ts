import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, claimsOf, graph, postToken, REDIRECT_URI, signIn } from '../stage.ts';
import { ask, json } from '../visitor.ts';
import { NIA, SAM } from './strict.ts';

// K3 of the wire reference: user name and password.

const PUBLIC = '7e0c7d3e-2b1a-4c9d-8e7f-000000000001';
const CONFIDENTIAL = '7e0c7d3e-2b1a-4c9d-8e7f-000000000002';
const CONSENTED = '7e0c7d3e-2b1a-4c9d-8e7f-000000000003';
const seed = readSeed({
  accounts: [
    { username: 'bo@contoso.example', password: 'the right one' },
    { username: 'mia@contoso.example', needsSecondFactor: true },
  ],
  registrations: [
    { clientId: PUBLIC, isPublic: true, redirectUris: [REDIRECT_URI] },
    { clientId: CONFIDENTIAL, secrets: [{ value: 'right' }] },
    { clientId: CONSENTED, isPublic: true, adminConsented: true },
  ],
});

let friendly: Emulator;
let strict: Emulator;
beforeAll(async () => {
  friendly = await openEmulator();
  strict = await openEmulator({ seed });
});
beforeEach(() => {
  friendly.reset();
  strict.reset();
});
afterAll(() => Promise.all([friendly, strict].map((one) => one.close())));

/** Asks for a token with a password; the answer with its status. */
async function withPassword(
  at: Emulator,
  fields: Record<string, string> = {},
  tenant = 'organizations',
): Promise<Record<string, unknown>> {
  const person = { username: ADELE, password: 'anything', scope: 'User.Read openid profile offline_access' };
  const client = { client_id: at === friendly ? CLIENT_ID : CONSENTED };
  const answer = await postToken(at, { grant_type: 'password', ...client, ...person, ...fields }, tenant);
  return { status: answer.status, ...json(answer) };
}

describe('K3. user name and password [ED v2-oauth-ropc.md]', () => {
  test.each(['organizations', CONTOSO, 'contoso.example'])(
    'any password of a known person, at %s',
    async (tenant) => {
      const body = await withPassword(friendly, {}, tenant);
      expect(body).toMatchObject({ status: 200, token_type: 'Bearer', refresh_token: expect.any(String) });
      expect(claimsOf(body.id_token)).toMatchObject({ preferred_username: ADELE, ver: '2.0' });
      expect(json(await graph(friendly, '/me', body.access_token)).userPrincipalName).toBe(ADELE);
    },
  );

  test('in capitals too', async () => {
    expect(await withPassword(friendly, { username: ADELE.toUpperCase() })).toMatchObject({ status: 200 });
  });

  test('its refresh token is good', async () => {
    const { refresh_token: refresh } = await withPassword(friendly);
    const fields = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(refresh) };
    expect(json(await postToken(friendly, fields)).access_token).toBeDefined();
  });

  test.each(['common', 'consumers'])('9001023 at %s', async (tenant) => {
    expect(await withPassword(friendly, {}, tenant)).toMatchObject({
      status: 400,
      error: 'invalid_request',
      error_codes: [9001023],
    });
  });

  test.each([
    ['nobody', 'nobody@contoso.example', 'organizations'],
    ['a personal account', SAM, 'organizations'],
    ['a personal account', SAM, CONTOSO],
    ['somebody of another tenant', 'priya.raman@fabrikam.example', CONTOSO],
  ])('50034 for %s (%s at %s)', async (_who, username, tenant) => {
    const body = await withPassword(friendly, { username }, tenant);
    expect(body).toMatchObject({ status: 400, error: 'invalid_grant', error_codes: [50034] });
    expect(body.error_description).toContain(
      `The user account ${username} does not exist in the ${tenant} directory.`,
    );
  });

  test.each(['username', 'password', 'scope', 'client_id'])('900144 without %s', async (name) => {
    expect(await withPassword(friendly, { [name]: '' })).toMatchObject({
      status: 400,
      error_codes: [900144],
    });
  });

  test('50126 for a wrong password where a seed has the right one', async () => {
    const wrong = await withPassword(strict, { username: 'bo@contoso.example' });
    expect(wrong).toMatchObject({ status: 400, error: 'invalid_grant', error_codes: [50126] });
    expect(wrong).not.toHaveProperty('suberror');
    const right = { username: 'bo@contoso.example', password: 'the right one' };
    expect(await withPassword(strict, right)).toMatchObject({ status: 200 });
  });

  test('50076 with claims where a seed says that a password does not do', async () => {
    const body = await withPassword(strict, { username: 'mia@contoso.example' });
    expect(body).toMatchObject({ error: 'invalid_grant', suberror: 'basic_action', error_codes: [50076] });
    expect(body.error_description).toContain("to access '00000003-0000-0000-c000-000000000000'");
    expect(JSON.parse(String(body.claims))).toHaveProperty('access_token.capolids.essential', true);
  });

  test.each([50126, 50076, 50057])('%d by a fault, once', async (code) => {
    friendly.addFault({ at: 'token', when: { grant_type: 'password' }, fault: { kind: 'aadsts', code } });
    expect(await withPassword(friendly)).toMatchObject({ error_codes: [code] });
    expect(await withPassword(friendly)).toMatchObject({ status: 200 });
  });

  test('65001 until somebody consented; 7000218 for an app that has a secret and shows none', async () => {
    expect(await withPassword(strict, { client_id: PUBLIC })).toMatchObject({
      suberror: 'consent_required',
      error_codes: [65001],
    });
    await signIn(strict, ADELE, { client_id: PUBLIC, scope: 'User.Read openid' });
    expect(await withPassword(strict, { client_id: PUBLIC })).toMatchObject({ status: 200 });
    expect(await withPassword(strict, { client_id: CONFIDENTIAL })).toMatchObject({
      status: 401,
      error_codes: [7000218],
    });
  });
});

describe('K3. who checks a password [MP msal/authority.py; DN]', () => {
  const realm = async (path: string) => json(await ask(`${friendly.baseUrl}${path}`));

  test.each([
    [`/common/userrealm/${NIA}?api-version=1.0`, 'contoso.example'],
    [`/common/UserRealm/${encodeURIComponent(NIA)}?api-version=1.0`, 'contoso.example'],
    ['/organizations/userrealm/anybody@fabrikam.example?api-version=1.0', 'fabrikam.example'],
    [`/common/userrealm?user=${NIA}&api-version=1.0`, 'contoso.example'],
  ])('%s: the directory itself', async (path, domain) => {
    expect(await realm(path)).toEqual({
      ver: '1.0',
      account_type: 'Managed',
      domain_name: domain,
      cloud_instance_name: 'microsoftonline.com',
      cloud_audience_urn: 'urn:federation:MicrosoftOnline',
    });
  });

  test.each(['nobody@nowhere.example', 'nobody', SAM])('%s: unknown', async (user) => {
    expect(await realm(`/common/userrealm/${user}?api-version=1.0`)).toMatchObject({
      account_type: 'Unknown',
    });
  });

  test('version 2.1 says it in its own words', async () => {
    expect(await realm(`/common/userrealm/${NIA}?api-version=2.1`)).toMatchObject({
      NameSpaceType: 'Managed',
      DomainName: 'contoso.example',
      Login: NIA,
    });
  });
});
