import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import type { Emulator } from '../../src/emulator/index.ts';
import {
  protectApi,
  protectedResourceMetadata,
  requiresSignIn,
  signInFailures,
} from '../../src/sign-in/index.ts';
import { createBrowser } from '../support/browser.ts';
import { openEmulator } from '../support/emulator.ts';
import { type Host, listening, openHost, throughSignIn } from './host.ts';

const AUDIENCE = 'api://orders';
/** So many pages, each of which calls two APIs. */
const PAGES = 5;

let emulator: Emulator;
let api: { url: string; close(): Promise<void> };

beforeAll(async () => {
  emulator = await openEmulator();
  api = await openApi(emulator);
});
afterAll(() => Promise.all([emulator.close(), api.close()]));

async function openApi(of: Emulator) {
  const { server, url } = await listening();
  const { AUTHORITY: authority } = of.environment();
  const app = express();
  const guard = protectApi({
    authority,
    audience: AUDIENCE,
    scopes: ['Orders.Read'],
    roles: ['Orders.Read.All'],
  });
  app.get('/v1/orders', guard, (request, response) => {
    const { scopes, roles, account } = request.entra.caller ?? {};
    response.json({ scopes, roles, hasPerson: account !== undefined });
  });
  app.get(
    '/v1/admin',
    protectApi({ authority, audience: AUDIENCE, scopes: ['Orders.Write'] }),
    (_request, response) => {
      response.json({});
    },
  );
  const { issuer } = of.openidConfiguration('common');
  const resource = `${url}/v1`;
  app.use(
    protectedResourceMetadata({ resource, authorizationServers: [issuer], scopes: ['api://orders/a'] }),
  );
  const resourceMetadata = `${url}/.well-known/oauth-protected-resource/v1`;
  const described = protectApi({ authority, audience: AUDIENCE, scopes: ['Orders.Read'], resourceMetadata });
  app.get('/v1/described', described, (_request, response) => void response.json({}));
  const away = protectApi({ authority: 'http://localhost:1/common', audience: AUDIENCE, scopes: ['a'] });
  app.get('/v1/away', away, (_request, response) => void response.json({}));
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

/** What the API answers to a request with this header. */
async function ask(authorization: string | undefined, path = '/v1/orders') {
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  const response = await fetch(`${api.url}${path}`, { headers });
  const challenge = response.headers.get('www-authenticate');
  return { status: response.status, challenge, body: await response.json() };
}

/** A token of an app of its own, for whatever it asks for. */
async function appToken(scope: string): Promise<string> {
  const { CLIENT_ID, CLIENT_SECRET, AUTHORITY } = emulator.environment();
  const tenantId = emulator.accounts[0]?.tenantId ?? '';
  const response = await fetch(`${AUTHORITY.replace('/common', `/${tenantId}`)}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      scope,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

describe('an API of one’s own', () => {
  test.each([
    ['no header', undefined, 401, 'Bearer realm=""'],
    ['another scheme', 'Basic eDp5', 401, 'Bearer realm=""'],
    ['no token', 'Bearer', 400, 'error="invalid_request"'],
    ['two tokens', 'Bearer a b', 400, 'error="invalid_request"'],
    ['no JSON Web Token', 'Bearer abc', 401, 'error="invalid_token"'],
    [
      'an unsigned one',
      `Bearer ${unsigned({ aud: AUDIENCE, scp: 'Orders.Read' })}`,
      401,
      'error="invalid_token"',
    ],
  ])('refuses %s', async (_name, header, status, challenge) => {
    const answer = await ask(header);
    expect({ status: answer.status, challenge: answer.challenge?.includes(challenge) }).toEqual({
      status,
      challenge: true,
    });
  });

  test('refuses the token of another API', async () => {
    const answer = await ask(`Bearer ${await appToken('api://invoices/.default')}`);
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain('error_description="the audience is not this API"');
  });

  test('judges an app that calls as itself by its roles alone, and names no role as a scope', async () => {
    const username = 'adele.vance@contoso.example';
    const answer = await ask(`Bearer ${await appToken(`${AUDIENCE}/.default`)}`);
    expect(answer).toMatchObject({ status: 403, body: { error: 'permission_missing' } });
    expect(answer.challenge).toContain('error="insufficient_scope"');
    expect(answer.challenge).toContain('needs the application role Orders.Read.All');
    expect(answer.challenge).not.toContain('scope=');
    const persons = await ask(
      `Bearer ${emulator.accessToken({ audience: AUDIENCE, username, scopes: ['Other'] })}`,
    );
    expect(persons.challenge).toContain('scope="Orders.Read"');
  });

  test('describes itself, also below its path, and tells clients without a token where', async () => {
    const { challenge } = await ask(undefined, '/v1/described');
    const [, address = ''] = /resource_metadata="([^"]+)"/.exec(challenge ?? '') ?? [];
    for (const at of [address, `${api.url}/.well-known/oauth-protected-resource`]) {
      expect(await (await fetch(at)).json()).toEqual({
        resource: `${api.url}/v1`,
        authorization_servers: [expect.stringContaining(emulator.baseUrl)],
        scopes_supported: ['api://orders/a'],
        bearer_methods_supported: ['header'],
      });
    }
  });

  test('says in JSON that nobody can tell whose a token is while the platform is away', async () => {
    const token = emulator.accessToken({ audience: AUDIENCE, roles: ['Orders.Read.All'] });
    const headers = { Authorization: `Bearer ${token}`, Accept: '*/*' };
    const { status, html } = await createBrowser().visit(`${api.url}/v1/away`, { headers });
    expect([status, JSON.parse(html)]).toEqual([
      503,
      expect.objectContaining({ error: 'authority_unreachable' }),
    ]);
  });

  test('cannot be guarded by a guard that asks for nothing', () => {
    expect(() => protectApi({ audience: AUDIENCE })).toThrow('scopes or roles');
    expect(() => protectApi({ audience: ' ', scopes: ['a'] })).toThrow('audience');
  });
});

describe('an app that calls an API of its own and Microsoft Graph in turn', () => {
  let host: Host;
  beforeAll(async () => {
    host = await openHost({
      emulator,
      options: {
        apis: { orders: { baseUrl: `${api.url}/v1`, scopes: [`${AUDIENCE}/Orders.Read`] } },
      },
      routes(app) {
        app.get('/both', requiresSignIn(), async (request, response) => {
          const [orders, me] = [request.entra.api('orders'), request.entra.api('graph')];
          response.json({
            orders: await orders.get('/orders'),
            me: await me.get('/v1.0/me?$select=displayName'),
          });
        });
        app.get('/forbidden', requiresSignIn(), async (request, response) => {
          response.json(await request.entra.api('orders').get('/admin'));
        });
      },
    });
  });
  afterAll(() => host.close());
  test('asks for the API when a page first needs it, and then for no token at all', async () => {
    const browser = createBrowser();
    const asked = () => emulator.ledger().filter(({ path }) => path.endsWith('/oauth2/v2.0/token')).length;
    const first = await throughSignIn(browser, host, '/both');
    expect(JSON.parse(first.text)).toEqual({
      orders: { scopes: ['Orders.Read'], roles: [], hasPerson: true },
      me: expect.objectContaining({ displayName: expect.any(String) }),
    });
    const before = asked();
    for (let page = 0; page < PAGES; page += 1) await browser.visit(`${host.url}/both`);
    expect(asked() - before).toBe(0);
  });
});

function unsigned(claims: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.x`;
}
