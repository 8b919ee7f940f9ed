import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { makeCertificate } from '../../emulator/client-process.ts';
import { ADELE } from '../../emulator/stage.ts';
import { openEmulator } from '../../support/emulator.ts';

// MSAL.js as it comes, in a page over http, signs in silently at an emulator over https: to the browser that is another
// site, so that the frame's requests carry only cookies that are for other sites too.

const LIB = 'test/runs/browsers/node_modules/@azure/msal-browser/lib';
const CLIENT = '7f1c7d3e-2b1a-4c9d-8e7f-000000000001';
const NIA = 'nia.okafor@contoso.example';

/** Chromium says so about the frame that MSAL.js makes. This comes before the hook that takes no complaints at all. */
afterEach(() => {
  const complaints = chromium.takeComplaints().filter((one) => !one.includes('can escape its sandboxing'));
  expect(complaints).toEqual([]);
});

const chromium = useChromium();
let emulator: Emulator;
let app: Server;
let origin: string;

beforeAll(async () => {
  app = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split(/[?#]/);
    response.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.end(FILES[path]?.());
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(app.address() as AddressInfo).port}`;
  const spaRedirectUris = [`${origin}/redirect`, `${origin}/`];
  const registrations = [{ clientId: CLIENT, spaRedirectUris, isPublic: true }];
  emulator = await openEmulator({ tls: makeCertificate(), seed: readSeed({ registrations }) });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  app.closeAllConnections();
  await Promise.all([emulator.close(), new Promise((resolve) => app.close(resolve))]);
});

const script = (path: string) => () => readFileSync(`${LIB}/${path}`, 'utf8');
const HEAD = '<!doctype html><link rel="icon" href="data:,">';
const FILES: Record<string, () => string> = {
  '/msal.js': script('msal-browser.js'),
  '/bridge.js': script('redirect-bridge/msal-redirect-bridge.js'),
  '/': () => `${HEAD}<script src="/msal.js"></script>`,
  '/redirect': () =>
    `${HEAD}<script src="/bridge.js"></script><script>msalRedirectBridge.broadcastResponseToMainFrame()</script>`,
};

/** Goes to the emulator's sign-in and back, as somebody, in this profile. */
async function signIn(profile: BrowserContext, username: string): Promise<void> {
  const page = await profile.newPage();
  const query = new URLSearchParams({
    ...{ client_id: CLIENT, response_type: 'code', redirect_uri: `${origin}/`, prompt: 'select_account' },
    ...{ scope: 'User.Read openid profile offline_access', code_challenge: 'a'.repeat(43), state: 's' },
  });
  await page.goto(`${emulator.baseUrl}/common/oauth2/v2.0/authorize?${query}`);
  await page.getByRole('button', { name: username }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(`${origin}/**`);
  await page.close();
}

/** What MSAL.js gets in a page of the app: who it is, or the reason against it. */
async function silently(page: Page, request: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  await page.goto(`${origin}/`);
  return page.evaluate(
    async ({ clientId, authority, redirectUri, asked }) => {
      const { PublicClientApplication } = Reflect.get(globalThis, 'msal');
      const auth = { clientId, authority, redirectUri, knownAuthorities: [new URL(authority).host] };
      const client = new PublicClientApplication({ auth, system: { allowPlatformBroker: false } });
      await client.initialize();
      try {
        const found = await client.ssoSilent({ scopes: ['User.Read'], ...asked });
        const { account, scopes, accessToken } = found;
        const again = await client.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true });
        const { sid } = found.idTokenClaims;
        return { username: account.username, scopes, sid, renewed: again.accessToken !== accessToken };
      } catch (error) {
        const { errorCode, errorMessage = '' } = Object(error);
        return { errorCode, code: /AADSTS\d+/.exec(errorMessage)?.[0] };
      }
    },
    {
      clientId: CLIENT,
      authority: `${emulator.baseUrl}/common`,
      redirectUri: `${origin}/redirect`,
      asked: request,
    },
  );
}

test('ssoSilent signs in whoever is signed in, in a frame, and the tokens can be renewed', async () => {
  const profile = await chromium.newProfile({ ignoreHTTPSErrors: true });
  await signIn(profile, ADELE);
  const found = await silently(await profile.newPage());
  expect(found).toMatchObject({
    username: ADELE,
    scopes: expect.arrayContaining(['User.Read']),
    renewed: true,
  });
});

test('with several people it takes the hinted one, and asks for a choice without a hint', async () => {
  const profile = await chromium.newProfile({ ignoreHTTPSErrors: true });
  await signIn(profile, ADELE);
  await signIn(profile, NIA);
  const page = await profile.newPage();
  expect(await silently(page, { loginHint: NIA })).toMatchObject({ username: NIA });
  await page.evaluate(() => Reflect.get(globalThis, 'sessionStorage').clear());
  expect(await silently(page)).toEqual({ errorCode: 'interaction_required', code: 'AADSTS16000' });
});

test('nobody is signed in: login_required', async () => {
  const page = await chromium.newPage({ ignoreHTTPSErrors: true });
  expect(await silently(page)).toEqual({ errorCode: 'login_required', code: 'AADSTS50058' });
});

test('after the sign-out, whose frame may come from another site, nobody is', async () => {
  const profile = await chromium.newProfile({ ignoreHTTPSErrors: true });
  await signIn(profile, ADELE);
  const page = await profile.newPage();
  await page.goto(`${emulator.baseUrl}/common/oauth2/v2.0/logout`);
  expect(await silently(page)).toMatchObject({ errorCode: 'login_required' });
});
