import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { signInAs, signOut, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { CATALOGUES } from '../../support/words.ts';
import { openWorld, type World } from '../../support/world.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
let world: World;
let old: World;
let forgetful: Server;
let elsewhere: Server;

beforeAll(async () => {
  forgetful = createServer();
  const baseUrl = await listening(forgetful, 'localhost');
  [world, old] = await Promise.all([openWorld(), openWorld({ config: { baseUrl } })]);
  passOn(forgetful, old.url);
  old = { ...old, url: baseUrl };
  elsewhere = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://elsewhere.invalid');
    response.writeHead(302, { Location: searchParams.get('back') ?? '' }).end();
  });
  await listening(elsewhere, '127.0.0.1');
});
afterAll(async () => {
  await Promise.all([world.close(), old.close()]);
  for (const server of [forgetful, elsewhere]) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server, host: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Passes requests on without Fetch Metadata: what Safari before 16.4 and Firefox before 90 send. */
function passOn(proxy: Server, target: string): void {
  proxy.on('request', (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !name.startsWith('sec-fetch-')),
    );
    const sent = httpRequest(`${target}${request.url}`, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    request.pipe(sent);
  });
}

const signedOut = async (page: Page) => {
  await page.getByRole('link', { name: en.actions.signIn }).waitFor();
  return page.context().cookies();
};

/** The places from which one signs out. */
const BUTTONS: readonly (readonly [string, (page: Page, where: World) => Promise<void>])[] = [
  ['the header', (page) => signOut(page)],
  [
    'the list of people',
    async (page, where) => {
      await page.goto(`${where.url}/graphcall?search=adele`);
      await signOut(page);
    },
  ],
  [
    'a page that says what failed',
    async (page, where) => {
      await page.goto(`${where.url}/nowhere?a=b`);
      await signOut(page);
    },
  ],
  [
    'the permissions, of this app only',
    async (page, where) => {
      await page.goto(`${where.url}/permissions`);
      await page.getByRole('button', { name: en.everywhere.hereButton }).click();
    },
  ],
  [
    'the permissions, everywhere',
    async (page, where) => {
      await page.goto(`${where.url}/permissions`);
      await page.getByRole('button', { name: en.everywhere.button }).click();
    },
  ],
];

describe.each(['with JavaScript', 'without JavaScript'])('signing out %s', (script) => {
  const visitor = () => chromium.newPage({ javaScriptEnabled: script === 'with JavaScript' });

  test.each(BUTTONS)('from %s works in a browser that sends no Fetch Metadata', async (_name, press) => {
    const page = await visitor();
    await signInAs(page, old, WORK);
    await press(page, old);
    expect(await signedOut(page)).not.toContainEqual(expect.objectContaining({ name: 'session' }));
    expect(page.url()).toBe(`${old.url}/`);
  });

  test.each(BUTTONS.filter(([name]) => !name.includes('this app only')))(
    'from %s works where the platform leads over another host',
    async (_name, press) => {
      const { port } = elsewhere.address() as AddressInfo;
      const Location = `http://127.0.0.1:${port}/adfs/ls?${new URLSearchParams({ back: `${world.url}/` })}`;
      await world.fault({
        at: 'logout',
        fault: { kind: 'status', status: 302, body: '', headers: { Location } },
      });
      const page = await visitor();
      await signInAs(page, world, WORK);
      await press(page, world);
      await signedOut(page);
      expect(page.url()).toBe(`${world.url}/`);
    },
  );
});

test('who signed out everywhere reads that it was in every browser', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world, WORK, '/permissions');
  await page.getByRole('button', { name: en.everywhere.button }).last().click();
  await page.getByText(en.signedOut.everywhere).waitFor();
  await signInAs(page, world, WORK);
  await signOut(page);
  await page.getByText(en.signedOut.what).waitFor();
  expect(await page.getByText(en.signedOut.everywhere).count()).toBe(0);
});

test('who signed out reads so, once, and a visitor does not', async () => {
  const page = await chromium.newPage();
  await page.goto(`${world.url}/`);
  await page.getByRole('heading', { name: en.welcome.heading }).waitFor();
  await signInAs(page, world, WORK);
  await signOut(page);
  await page.getByRole('heading', { name: en.signedOut.heading }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: en.welcome.heading }).waitFor();
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('signed_out');
});
