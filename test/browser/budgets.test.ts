import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openWorld, type World } from '../support/world.ts';
import { PERSONAL, signInAs, WORK } from './people.ts';
import { useChromium } from './use-chromium.ts';

const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const MOST_BYTES = 30 * 1024;
const MOST_REQUESTS = 8;

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
  if (who !== undefined) await signInAs(page, world, who);
  expect(withinBudget(await transferOf(page, `${world.url}${path}`))).toEqual({
    light: true,
    few: true,
    hosts: [new URL(world.url).host],
  });
});
