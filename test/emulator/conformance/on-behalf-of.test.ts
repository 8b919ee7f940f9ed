import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import {
  ADELE,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  graph,
  postToken,
  REDIRECT_URI,
  SECRET,
  signIn,
} from '../stage.ts';
import { ask, json, redirected, type Seen } from '../visitor.ts';
import { SAM } from './strict.ts';

// K3 of the wire reference: on-behalf-of.

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const MIDDLE = '7b0c7d3e-2b1a-4c9d-8e7f-000000000001';
const CAUTIOUS = '7b0c7d3e-2b1a-4c9d-8e7f-000000000002';
const CLIENT = '7b0c7d3e-2b1a-4c9d-8e7f-000000000003';
const NEXT = '7b0c7d3e-2b1a-4c9d-8e7f-000000000004';
const secrets = [{ value: 'right' }];
const seed = readSeed({
  registrations: [
    {
      clientId: MIDDLE,
      name: 'The middle',
      secrets,
      scopes: ['access'],
      tokenVersion: 2,
      delegatedPermissions: ['User.Read', `${NEXT}/access`],
      adminConsented: true,
    },
    { clientId: CAUTIOUS, name: 'Cautious', secrets, redirectUris: [REDIRECT_URI], scopes: ['access'] },
    {
      clientId: CLIENT,
      secrets,
      redirectUris: [REDIRECT_URI],
      applicationPermissions: [`${MIDDLE}/Call`],
      adminConsented: true,
    },
    { clientId: NEXT, scopes: ['access', 'more'] },
  ],
});

let nowMs = Date.now();
let friendly: Emulator;
let strict: Emulator;
beforeAll(async () => {
  friendly = await openEmulator({ now: () => nowMs });
  strict = await openEmulator({ seed });
});
beforeEach(() => {
  friendly.reset();
  strict.reset();
});
afterAll(() => Promise.all([friendly, strict].map((one) => one.close())));

/** The tokens of somebody who signed in to an app for a scope. */
async function tokensFor(at: Emulator, scope: string, username = ADELE, app?: string) {
  const changes = app === undefined ? { scope } : { scope, client_id: app };
  const back = redirected(await signIn(at, username, changes));
  const fields = { ...codeFields(back.get('code') ?? ''), scope };
  const own = app === undefined ? {} : { client_id: app, client_secret: 'right' };
  return json(await postToken(at, { ...fields, ...own }));
}

/** What an API asks for with the token that it was called with. */
function exchange(
  at: Emulator,
  assertion: unknown,
  fields: Record<string, string> = {},
  tenant = CONTOSO,
): Promise<Seen> {
  const app =
    at === strict
      ? { client_id: MIDDLE, client_secret: 'right' }
      : { client_id: '7b0c7d3e-2b1a-4c9d-8e7f-00000000000a', client_secret: SECRET };
  const asked = { grant_type: GRANT, requested_token_use: 'on_behalf_of', assertion: String(assertion) };
  return postToken(at, { ...app, ...asked, scope: 'User.Read', ...fields }, tenant);
}

const FRIENDLY_SCOPE = 'api://7b0c7d3e-2b1a-4c9d-8e7f-00000000000a/access openid';
const STRICT_SCOPE = `api://${MIDDLE}/access openid`;

describe('K3. on-behalf-of [ED v2-oauth2-on-behalf-of-flow.md]', () => {
  test('gives an API the person’s token for Microsoft Graph, without any set-up', async () => {
    const { access_token: first } = await tokensFor(friendly, FRIENDLY_SCOPE);
    const answer = await exchange(friendly, first, { scope: 'User.Read openid profile offline_access' });
    expect(json(answer)).toMatchObject({
      token_type: 'Bearer',
      scope: expect.stringContaining('User.Read'),
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    });
    const { access_token: second } = json(answer);
    expect(claimsOf(second)).toMatchObject({
      oid: claimsOf(first).oid,
      appidacr: '1',
      scp: expect.any(String),
    });
    expect(json(await graph(friendly, '/me', second)).userPrincipalName).toBe(ADELE);
  });

  test('gives it a token for another API of one’s own, and both hold the registered version', async () => {
    const { access_token: first } = await tokensFor(strict, STRICT_SCOPE, ADELE, CLIENT);
    expect(claimsOf(first)).toMatchObject({ ver: '2.0', aud: MIDDLE });
    const { access_token: second } = json(await exchange(strict, first, { scope: `api://${NEXT}/access` }));
    expect(claimsOf(second)).toMatchObject({
      ver: '1.0',
      aud: `api://${NEXT}`,
      appid: MIDDLE,
      scp: 'access',
    });
  });

  test('goes on: a refresh token of the exchange is the API’s own', async () => {
    const { access_token: first } = await tokensFor(strict, STRICT_SCOPE, ADELE, CLIENT);
    const { refresh_token: refresh } = json(
      await exchange(strict, first, { scope: 'User.Read offline_access' }),
    );
    const fields = { grant_type: 'refresh_token', client_id: MIDDLE, client_secret: 'right' };
    const renewed = await postToken(strict, { ...fields, refresh_token: String(refresh) }, CONTOSO);
    expect(claimsOf(json(renewed).access_token)).toMatchObject({ appid: MIDDLE, scp: expect.any(String) });
  });

  test('a client that handles claims challenges gets a token that says so', async () => {
    const { access_token: first } = await tokensFor(friendly, FRIENDLY_SCOPE);
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    expect(claimsOf(json(await exchange(friendly, first, { claims })).access_token)).toMatchObject({
      xms_cc: ['cp1'],
    });
  });
});

describe('K3. on-behalf-of, refused', () => {
  test('500131 for a token that is another API’s', async () => {
    const { access_token: other } = await tokensFor(strict, `api://${NEXT}/access`, ADELE, CLIENT);
    const answer = await exchange(strict, other);
    expect({ status: answer.status, ...json(answer) }).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [500131],
      error_description: expect.stringContaining(`The audience in the assertion was 'api://${NEXT}'`),
    });
  });

  test('50013 for Microsoft Graph’s own token, and for one that somebody changed', async () => {
    const { access_token: ofGraph } = await tokensFor(friendly, 'User.Read');
    const { access_token: token } = await tokensFor(friendly, FRIENDLY_SCOPE);
    const [header, , signature] = String(token).split('.');
    const claims = Buffer.from(JSON.stringify({ ...claimsOf(token), scp: 'more' })).toString('base64url');
    for (const assertion of [ofGraph, [header, claims, signature].join('.')])
      expect(json(await exchange(friendly, assertion))).toMatchObject({
        error: 'invalid_grant',
        error_codes: [50013],
      });
  });

  test('7000114 for an app’s own token', async () => {
    const app = { grant_type: 'client_credentials', client_id: CLIENT, client_secret: 'right' };
    const { access_token: own } = json(
      await postToken(strict, { ...app, scope: `${MIDDLE}/.default` }, CONTOSO),
    );
    expect(json(await exchange(strict, own))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [7000114],
      error_description: expect.stringContaining(
        `'${CLIENT}' is not allowed to make application on-behalf-of calls`,
      ),
    });
  });

  test('240002 for the app’s own ID token, 50027 for what is no token (a personal account’s for Graph among it)', async () => {
    const { id_token: idToken } = await tokensFor(friendly, 'openid User.Read');
    const answer = await exchange(friendly, idToken, { client_id: CLIENT_ID });
    expect(json(answer).error_codes).toEqual([240002]);
    const { access_token: opaque } = await tokensFor(friendly, 'User.Read', SAM);
    for (const assertion of [opaque, 'nothing'])
      expect(json(await exchange(friendly, assertion)).error_codes).toEqual([50027]);
  });

  test('500133 for a token whose time is over', async () => {
    const { access_token: token } = await tokensFor(friendly, FRIENDLY_SCOPE);
    const before = nowMs;
    nowMs += 91 * 60_000;
    const answer = json(await exchange(friendly, token));
    nowMs = before;
    expect(answer).toMatchObject({ error: 'invalid_grant', error_codes: [500133] });
  });

  test.each([
    ['assertion', 900144],
    ['requested_token_use', 900144],
    ['scope', 900144],
    ['client_secret', 7000218],
  ])('without %s: %d', async (name, code) => {
    const { access_token: token } = await tokensFor(strict, STRICT_SCOPE, ADELE, CLIENT);
    expect(json(await exchange(strict, token, { [name]: '' })).error_codes).toEqual([code]);
  });

  test('another use of the assertion, a wrong secret, two resources, another tenant', async () => {
    const { access_token: token } = await tokensFor(strict, STRICT_SCOPE, ADELE, CLIENT);
    const code = async (fields: Record<string, string>, tenant = CONTOSO) =>
      json(await exchange(strict, token, fields, tenant)).error_codes;
    expect(await code({ requested_token_use: 'another' })).toEqual([90023]);
    expect(await code({ client_secret: 'wrong' })).toEqual([7000215]);
    expect(await code({ scope: `User.Read api://${NEXT}/access` })).toEqual([28000]);
    expect(await code({}, 'fabrikam.example')).toEqual([50020]);
  });

  test('65001 with consent_required where nobody consented to what the API asks for, until somebody does', async () => {
    const { access_token: token } = await tokensFor(strict, `api://${CAUTIOUS}/access openid`, ADELE, CLIENT);
    const api = { client_id: CAUTIOUS };
    for (const scope of ['User.Read', 'https://graph.microsoft.com/.default', `api://${NEXT}/access`]) {
      const refused = json(await exchange(strict, token, { ...api, scope }));
      expect(refused).toMatchObject({
        error: 'invalid_grant',
        suberror: 'consent_required',
        error_codes: [65001],
        error_description: expect.stringContaining(`'${CAUTIOUS}' named 'Cautious'`),
      });
    }
    await signIn(strict, ADELE, { client_id: CAUTIOUS, scope: 'User.Read' });
    expect(json(await exchange(strict, token, api)).access_token).toBeDefined();
  });

  test('an administrator’s consent holds for what is registered, and no further', async () => {
    const { access_token: token } = await tokensFor(strict, STRICT_SCOPE, ADELE, CLIENT);
    for (const scope of ['User.Read', 'https://graph.microsoft.com/.default', `api://${NEXT}/.default`])
      expect(json(await exchange(strict, token, { scope })).access_token).toBeDefined();
    for (const scope of ['Mail.Read', `api://${NEXT}/more`])
      expect(json(await exchange(strict, token, { scope })).error_codes).toEqual([65001]);
  });

  test('a claims challenge goes to the API, which passes it on', async () => {
    const { access_token: token } = await tokensFor(friendly, FRIENDLY_SCOPE);
    friendly.addFault({ at: 'token', when: { grant_type: GRANT }, fault: { kind: 'aadsts', code: 50079 } });
    const { error, claims } = json(await exchange(friendly, token));
    expect({ error, claims: JSON.parse(String(claims)) }).toEqual({
      error: 'interaction_required',
      claims: { access_token: { polids: { essential: true, values: [expect.any(String)] } } },
    });
  });

  test('50173 with the claims that a later token meets, once the person’s tokens were revoked', async () => {
    const { access_token: token } = await tokensFor(friendly, FRIENDLY_SCOPE);
    await ask(
      `${friendly.baseUrl}/_emulator/revoke`,
      { method: 'POST' },
      JSON.stringify({ username: ADELE }),
    );
    const { error_codes: codes, suberror, claims } = json(await exchange(friendly, token));
    expect({ codes, suberror, claims: JSON.parse(String(claims)) }).toEqual({
      codes: [50173],
      suberror: 'bad_token',
      claims: { access_token: { nbf: { essential: true, value: expect.stringMatching(/^\d{10}$/) } } },
    });
    nowMs += 1_000;
    const { access_token: later } = await tokensFor(friendly, FRIENDLY_SCOPE);
    expect(json(await exchange(friendly, later)).access_token).toBeDefined();
  });
});
