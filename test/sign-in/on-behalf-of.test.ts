import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { type Emulator, readSeed } from '../../src/emulator/index.ts';
import { onBehalfOf, protectApi, requiresSignIn, signInFailures } from '../../src/sign-in/index.ts';
import { createBrowser } from '../support/browser.ts';
import { openEmulator } from '../support/emulator.ts';
import { type Host, listening, openHost, throughSignIn } from './host.ts';

// A person signs in to an app, which calls an API, which calls Microsoft Graph for the person.

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const API = '7d0c7d3e-2b1a-4c9d-8e7f-000000000001';
const CLIENT = '7d0c7d3e-2b1a-4c9d-8e7f-000000000002';
const secrets = [{ value: 'a secret of the emulator only' }];
const seed = readSeed({
  registrations: [
    {
      clientId: CLIENT,
      name: 'The app',
      secrets,
      redirectUris: ['http://localhost/getAToken'],
      applicationPermissions: [`${API}/Orders.Read.All`],
      adminConsented: true,
    },
    {
      clientId: API,
      name: 'The API',
      secrets,
      scopes: ['Orders.Read'],
      appRoles: ['Orders.Read.All'],
      optionalClaims: { accessToken: ['xms_cc'] },
      delegatedPermissions: ['User.Read'],
      adminConsented: true,
    },
  ],
});

let emulator: Emulator;
let api: Awaited<ReturnType<typeof openApi>>;
let host: Host;
beforeAll(async () => {
  emulator = await openEmulator({ seed });
  api = await openApi();
  host = await openHost({
    emulator,
    options: { apis: { orders: { baseUrl: api.url, scopes: [`api://${API}/Orders.Read`] } } },
    routes(app) {
      app.get('/mine', requiresSignIn(), async (request, response) => {
        response.json(await request.entra.api('orders').get('/mine'));
      });
      app.get('/token', requiresSignIn(), async (request, response) => {
        response.send(await request.entra.token({ scopes: [`api://${API}/Orders.Read`] }));
      });
    },
  });
});
afterAll(async () => {
  await host.close();
  await Promise.all([emulator.close(), api.close()]);
});
afterEach(() => emulator.clearFaults());

/** The API: it has a client id and a secret of its own, and calls Microsoft Graph on behalf of its callers. */
async function openApi() {
  const { server, url } = await listening();
  const { AUTHORITY: authority, GRAPH_ENDPOINT: graph } = emulator.environment();
  const app = express();
  const client = { clientId: API, clientSecret: secrets[0]?.value ?? '' };
  const guard = protectApi({
    ...{ authority, ...client, audience: [API, `api://${API}`] },
    ...{ scopes: ['Orders.Read'], roles: ['Orders.Read.All'] },
  });
  const forward = async (request: express.Request, scope: string) => {
    const next = await onBehalfOf(request, { scopes: [scope] });
    const me = await fetch(`${graph}/v1.0/me`, { headers: { Authorization: `Bearer ${next}` } });
    return ((await me.json()) as { userPrincipalName: string }).userPrincipalName;
  };
  app.get('/mine', guard, async (request, response) => {
    response.json({ person: await forward(request, 'User.Read') });
  });
  app.get('/mail', guard, async (request, response) => {
    response.json({ person: await forward(request, 'Mail.Read') });
  });
  app.use(signInFailures());
  server.on('request', app);
  return {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls the API directly with an access token. */
async function call(path: string, token: string) {
  const response = await fetch(`${api.url}${path}`, {
    headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
  });
  const challenge = response.headers.get('www-authenticate') ?? '';
  return { status: response.status, challenge, body: await response.json() };
}

/** The access token for the API of somebody who signed in to the app. */
async function tokenOf(...words: string[]): Promise<string> {
  return (await throughSignIn(createBrowser(), host, '/token', words)).text;
}

const exchanges = () => emulator.ledger().filter(({ body }) => body.grant_type === GRANT).length;

describe('onBehalfOf()', () => {
  test('calls Microsoft Graph as the person who signed in to the app', async () => {
    const page = await throughSignIn(createBrowser(), host, '/mine');
    expect(JSON.parse(page.text)).toEqual({ person: 'adele.vance@contoso.example' });
  });

  test('exchanges a token once', async () => {
    const token = await tokenOf('admin');
    const before = exchanges();
    const calls = await Promise.all([call('/mine', token), call('/mine', token)]);
    expect(calls.map(({ body }) => body)).toEqual(Array(2).fill({ person: 'nia.okafor@contoso.example' }));
    expect((await call('/mine', token)).status).toBe(200);
    expect(exchanges() - before).toBe(1);
  });

  test('tells the client which consent is missing', async () => {
    const { status, challenge } = await call('/mail', await tokenOf('work'));
    expect({ status, challenge }).toEqual({
      status: 401,
      challenge: expect.stringMatching(/error="interaction_required".*scope="Mail\.Read"/),
    });
  });

  test('passes a claims challenge on, and goes on when it is met', async () => {
    const token = await tokenOf('work');
    emulator.addFault({ at: 'token', when: { grant_type: GRANT }, fault: { kind: 'aadsts', code: 50079 } });
    const { status, challenge } = await call('/mine', token);
    const [, claims = ''] = /error="insufficient_claims".* claims="([^"]+)"/.exec(challenge) ?? [];
    expect(status).toBe(401);
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toMatchObject({
      access_token: { polids: { essential: true } },
    });
    expect((await call('/mine', token)).status).toBe(200);
  });

  test('says so where the person’s tokens were revoked since', async () => {
    const token = await tokenOf('guest');
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ username: 'jonas.lindqvist@tailspin.example' });
    await fetch(`${emulator.baseUrl}/_emulator/revoke`, { method: 'POST', headers, body });
    const { status, challenge } = await call('/mine', token);
    expect({ status, challenge }).toEqual({
      status: 401,
      challenge: expect.stringContaining('insufficient_claims'),
    });
  });

  test('has no person to act for where an app calls as itself', async () => {
    const { AUTHORITY } = emulator.environment();
    const tenant = emulator.accounts[0]?.tenantId ?? '';
    const response = await fetch(`${AUTHORITY.replace('/common', `/${tenant}`)}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_id: CLIENT, client_secret: secrets[0]?.value ?? '' },
        scope: `api://${API}/.default`,
      }),
    });
    const { access_token: own } = (await response.json()) as { access_token: string };
    expect(await call('/mine', own)).toMatchObject({ status: 400, body: { error: 'sign_in_failed' } });
  });
});
