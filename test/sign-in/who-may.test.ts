import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express, RequestHandler } from 'express';
import type { Emulator } from '../../src/emulator/index.ts';
import { requiresGroup, requiresRole, requiresSignIn } from '../../src/sign-in/index.ts';
import { type Browser, createBrowser } from '../support/browser.ts';
import { openEmulator } from '../support/emulator.ts';
import { type Host, openHost, throughSignIn } from './host.ts';

const CLIENT_ID = '99999999-1111-4111-8111-111111111111';
const SECRET = 'who-may-client-secret-0123456789-abcdef';
const CLUB = '77777777-2222-4333-8444-555555555555';
const READERS = '77777777-2222-4333-8444-000000000001';
/** More than a token has room for. */
const MANY_GROUPS = 201;

let emulator: Emulator;
let host: Host;

beforeAll(async () => {
  emulator = await openEmulator({
    strictRegistrations: false,
    seed: {
      registrations: [
        {
          clientId: CLIENT_ID,
          secrets: [{ value: SECRET }],
          appRoles: ['Directory.Admin', 'Auditor'],
          assignments: [{ to: 'Club', role: 'Directory.Admin' }],
          groupMembershipClaims: 'SecurityGroup',
          applicationPermissions: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All'],
          adminConsented: true,
        },
      ],
      accounts: [
        { username: 'ada@contoso.example' },
        { username: 'ben@contoso.example', roles: ['Auditor'] },
        { username: 'cyd@contoso.example' },
      ],
      groups: [
        { id: CLUB, displayName: 'Club', members: [] },
        { id: READERS, displayName: 'Readers', members: ['ada@contoso.example', 'ben@contoso.example'] },
        ...Array.from({ length: MANY_GROUPS }, (_, index) => ({
          displayName: `Team ${index}`,
          members: ['cyd@contoso.example'],
        })),
      ],
    },
  });
  host = await openHost({ emulator, options: { groups: 'resolve-overage' }, routes });
});
afterAll(async () => {
  await host.close();
  await emulator.close();
});

const secrets: RequestHandler = (_request, response) => {
  response.send('secrets');
};

function routes(app: Express): void {
  app.get('/admin', requiresRole('Directory.Admin'), secrets);
  app.get('/audit', requiresRole('Directory.Admin', 'Auditor'), secrets);
  app.get('/admin/now', requiresSignIn({ freshRoles: true }), requiresRole('Directory.Admin'), secrets);
  app.get('/club', requiresGroup(CLUB), secrets);
  app.get('/club/now', requiresSignIn({ freshRoles: true }), requiresGroup(CLUB), secrets);
  app.get('/readers', requiresGroup(CLUB, READERS.toUpperCase()), secrets);
  app.get('/groups', requiresSignIn(), (request, response) => {
    response.json(request.entra.groups);
  });
}

/** Each address that a browser is sent over, as a person without a role would see it go round. */
async function stepsOf(browser: Browser, path: string) {
  const steps: number[] = [];
  let page = await browser.visit(`${host.url}${path}`, { redirects: 0 });
  while (page.headers.location !== undefined && steps.length < 20) {
    steps.push(page.status);
    page = await browser.visit(new URL(page.headers.location, page.url).href, { redirects: 0 });
  }
  return { steps, status: page.status, text: page.text };
}

const signedInAs = async (name: string) => {
  const browser = createBrowser();
  await throughSignIn(browser, host, '/groups', [name]);
  return browser;
};

const statusOf = async (browser: Browser, path: string) =>
  (await browser.visit(`${host.url}${path}`, { redirects: 0 })).status;

/** Adds somebody to the club, or takes them out, as an administrator would. */
async function changeClub(method: 'POST' | 'DELETE', username: string): Promise<void> {
  const { objectId = '', tenantId = '' } =
    emulator.accounts.find((account) => account.username === username) ?? {};
  const { GRAPH_ENDPOINT } = emulator.environment();
  const asked = await fetch(`${emulator.baseUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: SECRET,
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  const { access_token } = (await asked.json()) as { access_token: string };
  const path = `/v1.0/groups/${CLUB}/members/${method === 'POST' ? '' : `${objectId}/`}$ref`;
  const changed = await fetch(`${GRAPH_ENDPOINT}${path}`, {
    method,
    headers: { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' },
    ...(method === 'POST'
      ? {
          body: JSON.stringify({
            '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${objectId}`,
          }),
        }
      : {}),
  });
  expect([changed.status, await changed.text()]).toEqual([204, '']);
}

describe('somebody without a role', () => {
  test('gets one 403 that names it and says who assigns it, and is sent round in no circle', async () => {
    const browser = await signedInAs('ada');
    const { steps, status, text } = await stepsOf(browser, '/admin');
    expect({ steps, status }).toEqual({ steps: [], status: 403 });
    expect(text).toContain('Directory.Admin');
    expect(text).toContain('A person who manages the app in the admin center can assign it');
    const script = await browser.visit(`${host.url}/admin`, { headers: { Accept: 'application/json' } });
    expect([script.status, JSON.parse(script.text)]).toEqual([
      403,
      expect.objectContaining({
        error: 'role_missing',
        missing: ['Directory.Admin'],
        message:
          'The account needs the role Directory.Admin. A person who manages the app in the Microsoft Entra admin center can assign it.',
        remedy: expect.objectContaining({ who: 'administrator' }),
      }),
    ]);
  });

  test('who signs in for that page ends at the 403, with one sign-in', async () => {
    const browser = createBrowser();
    const asked = () => emulator.ledger().filter(({ path }) => path.endsWith('/authorize')).length;
    const before = asked();
    const page = await throughSignIn(browser, host, '/admin', ['ada']);
    expect([page.status, page.url, asked() - before]).toEqual([403, `${host.url}/admin`, 1]);
  });

  test('is let in where any one of the named roles is theirs', async () => {
    const browser = await signedInAs('ben');
    expect([await statusOf(browser, '/audit'), await statusOf(browser, '/admin')]).toEqual([200, 403]);
  });
});

describe('groups', () => {
  test('let in members of any one of those named, in whatever case', async () => {
    const browser = await signedInAs('ada');
    expect([await statusOf(browser, '/readers'), await statusOf(browser, '/club')]).toEqual([200, 403]);
  });

  test('that a token has no room for are read from Microsoft Graph, and kept for a while', async () => {
    const browser = await signedInAs('cyd');
    const reads = () => emulator.ledger().filter(({ path }) => path.endsWith('/getMemberGroups')).length;
    const before = reads();
    const groups = JSON.parse((await browser.visit(`${host.url}/groups`)).text);
    expect([groups.length, await statusOf(browser, '/club'), reads()]).toEqual([MANY_GROUPS, 403, before]);
  });

  test('that Graph does not tell refuse as a failure of Graph, not of the person', async () => {
    emulator.addFault({
      at: 'other',
      fault: { kind: 'status', status: 403, body: {} },
      times: 'always',
    });
    const browser = await signedInAs('cyd');
    const page = await browser.visit(`${host.url}/club`);
    emulator.clearFaults();
    expect([page.status, page.text.includes(CLUB)]).toEqual([403, false]);
    expect(page.text).toContain('graph_forbidden');
  });
});

describe('freshRoles', () => {
  test.each([
    ['a role', '/admin', 'ada'],
    ['a group of few', '/club', 'ada'],
    ['a group of many', '/club', 'cyd'],
  ])('lets in and out at once whoever is given or loses %s', async (_what, path, name) => {
    const browser = await signedInAs(name);
    const seen = [await statusOf(browser, `${path}/now`)];
    await changeClub('POST', `${name}@contoso.example`);
    seen.push(await statusOf(browser, `${path}/now`), await statusOf(browser, path));
    await changeClub('DELETE', `${name}@contoso.example`);
    seen.push(
      await statusOf(browser, path),
      await statusOf(browser, `${path}/now`),
      await statusOf(browser, path),
    );
    expect(seen).toEqual([403, 200, 200, 200, 403, 403]);
  });
});
