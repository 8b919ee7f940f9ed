import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

const NAME = '0123456789abcdef0123456789abcdef';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await openWorld({ emulator: { users: 2_500 } });
  browser = await signedInBrowser(world);
});
afterAll(() => world.close());

/** Whether the stream of an export is open. */
function follow(): Promise<{ open: boolean }> {
  return new Promise((resolve, reject) => {
    const headers = { Cookie: browser.cookieHeader(world.url) };
    get(`${world.url}/graphcall/export/progress?follow=${NAME}`, { headers }, (response) => {
      const stream = { open: true };
      response.on('close', () => {
        stream.open = false;
      });
      response.resume();
      resolve(stream);
    }).on('error', reject);
  });
}

test('when the process ends, streams end at once, and an export under way with its last line in time', async () => {
  const asked = async () => (await world.received('/v1.0/users')).length;
  const before = await asked();
  // The second page is throttled for longer than the export may take, so nothing else ends it.
  const url = `${world.emulator.baseUrl}/v1.0/users?second=1`;
  const throttled = { kind: 'status', status: 429, headers: { 'Retry-After': '100' }, body: {} };
  await world.fault({ at: 'users', fault: { kind: 'next-link', url } });
  await world.fault({ at: 'users', when: { second: '1' }, times: 'always', fault: throttled });
  const stream = await follow();
  const file = browser.copy().visit(`${world.url}/graphcall/export.json?follow=${NAME}`);
  await until(async () => (await asked()) === before + 2);
  world.end();
  // the export itself may go on for four seconds
  await until(() => !stream.open, 3_000);
  const { status, html } = await file;
  expect({ status, ...(JSON.parse(html) as object) }).toMatchObject({
    status: 200,
    count: 999,
    complete: false,
  });
});
