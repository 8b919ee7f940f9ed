import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ADELE, PERSONAL, signInAs, WORK } from '../../browser/people.ts';
import { submitByEnter } from '../../browser/press.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

const MOST_BYTES = 30 * 1024;
const MOST_REQUESTS = 8;
/** Ten segments of 1,460 bytes are what a server sends before it waits for a response (RFC 6928, section 2). */
const FIRST_FLIGHT_BYTES = 14 * 1024;

interface Transfer {
  bytes: number;
  requests: number;
  hosts: string[];
}

/**
 * What a page costs with nothing cached: bytes over the wire, head and body, of all that it asks for. Only photos do
 * not count: they come when somebody scrolls to them, and are kept for a day.
 */
async function transferOf(page: Page, url: string): Promise<Transfer> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const transfer: Transfer = { bytes: 0, requests: 0, hosts: [] };
  const hosts = new Set<string>();
  const photos = new Set<string>();
  devtools.on('Network.requestWillBeSent', ({ request, requestId }) => {
    hosts.add(new URL(request.url).host);
    if (/\/photo(\?|$)/.test(request.url)) photos.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ encodedDataLength, requestId }) => {
    if (photos.has(requestId)) return;
    transfer.bytes += encodedDataLength;
    transfer.requests += 1;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  return { ...transfer, hosts: [...hosts] };
}

const withinBudget = (transfer: Transfer) => ({
  light: transfer.bytes > 0 && transfer.bytes <= MOST_BYTES ? true : transfer.bytes,
  few: transfer.requests <= MOST_REQUESTS ? true : transfer.requests,
  hosts: transfer.hosts,
});

test.each([
  { name: 'the first view', path: '/', who: undefined },
  { name: 'the home page', path: '/', who: WORK },
  { name: 'fifty people', path: '/graphcall', who: WORK },
  { name: 'a profile', path: '/graphcall', who: PERSONAL },
  { name: 'a failure', path: '/nowhere', who: undefined },
])('$name is at most 30 KiB, a handful of requests, and from this host only', async ({ path, who }) => {
  const page = await chromium.newPage();
  if (who !== undefined) await signInAs(page, world(), who);
  expect(withinBudget(await transferOf(page, `${world().url}${path}`))).toEqual({
    light: true,
    few: true,
    hosts: [new URL(world().url).host],
  });
});

test.each([
  { name: 'the first view', path: '/', who: undefined },
  { name: 'the home page', path: '/', who: WORK },
  { name: 'fifty people', path: '/graphcall', who: WORK },
  { name: 'a person', path: `/graphcall/users/${ADELE.id}`, who: WORK },
  { name: 'the permissions', path: '/permissions', who: WORK },
])('$name comes with the first flight of a connection', async ({ path, who }) => {
  const page = await chromium.newPage();
  if (who !== undefined) await signInAs(page, world(), who);
  const answer = await page.goto(`${world().url}${path}`);
  const { responseHeadersSize = 0, responseBodySize = 0 } = (await answer?.request().sizes()) ?? {};
  const bytes = responseHeadersSize + responseBodySize;
  expect({
    fits: responseBodySize > 0 && bytes <= FIRST_FLIGHT_BYTES ? true : bytes,
    status: answer?.status(),
    encoding: answer?.headers()['content-encoding'],
  }).toEqual({ fits: true, status: 200, encoding: 'br' });
});

test('people are looked through and searched when nothing but the HTML arrives', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK);
  const blocked = new Set<string>();
  await page.route('**/*', async (route) => {
    const kind = route.request().resourceType();
    if (kind === 'document') return route.continue();
    blocked.add(kind);
    return route.abort();
  });
  await page.goto(`${world().url}/graphcall`);
  const names = () => page.getByRole('rowheader').allTextContents();
  const first = await names();
  await page.getByRole('link', { name: en.actions.nextPage }).click();
  await page.waitForURL(/cursor=/);
  const second = await names();
  await page.getByLabel(en.find.label).fill('adele');
  await submitByEnter(page);
  await page.waitForURL(/[?&]search=adele/);
  const found = await names();
  await page.waitForLoadState('networkidle');
  await page.close(); // so that it complains of nothing after this
  const complaints = chromium.takeComplaints();
  expect({
    sizes: [first.length, second.length],
    others: second.every((name) => !first.includes(name)),
    found,
    arrived: ['stylesheet', 'script', 'image'].filter((kind) => !blocked.has(kind)),
    complaints: complaints.filter((text) => !text.includes('ERR_FAILED')),
  }).toEqual({
    sizes: [50, 50],
    others: true,
    found: [expect.stringContaining('Adele Vance')],
    arrived: [],
    complaints: [],
  });
});
