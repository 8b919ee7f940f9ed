import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryRecords } from '../../src/sessions/store/memory-records.ts';
import type { NewRecord } from '../../src/sessions/store/records.ts';
import { storeUnavailable } from '../../src/sessions/store/store-unavailable.ts';
import { createBrowser } from '../support/browser.ts';
import { openWorld, type World } from '../support/world.ts';
import { callbackOf, knownBrowser } from '../threats/support/outcome.ts';

let world: World;
let outcomes: string[];
/** What the store throws, while it does. */
let trouble: { claim?: Error; create?: Error };

beforeAll(async () => {
  const records = createMemoryRecords();
  world = await openWorld({
    records: {
      ...records,
      async useOnce(name: string, expiresAtMs: number) {
        if (trouble.claim !== undefined) throw trouble.claim;
        return records.useOnce(name, expiresAtMs);
      },
      async create(id: string, record: NewRecord) {
        if (trouble.create !== undefined) throw trouble.create;
        return records.create(id, record);
      },
    },
    metrics: {
      onSignIn: (outcome) => outcomes.push(outcome),
      onTokenRequest: () => undefined,
      onGraphCall: () => undefined,
      onAnswered: () => undefined,
      onTurnedAway: () => undefined,
    },
  });
});
beforeEach(() => {
  outcomes = [];
  trouble = {};
});
afterAll(() => world.close());

describe('how a sign-in ended is told once', () => {
  test('where it worked, and not again where its callback is visited again', async () => {
    const browser = await knownBrowser(world);
    const callback = await callbackOf(browser, world);
    const before = browser.copy();
    await browser.visit(callback);
    await browser.visit(callback);
    expect(outcomes).toEqual(['signed_in']);
    expect((await before.visit(callback)).status).toBe(400);
    expect(outcomes).toEqual(['signed_in', 'sign_in_used']);
  });

  test.each([
    ['no state', '?code=x', 'sign_in_unknown'],
    ['a state of another form', '?code=x&state=y', 'sign_in_unknown'],
    ['no cookie', '?code=x&state=AAAAAAAAAAAAAAAAAAAAAA', 'sign_in_cookie_missing'],
  ])('where the callback comes with %s', async (_what, query, outcome) => {
    await createBrowser().visit(`${world.url}/getAToken${query}`);
    expect(outcomes).toEqual([outcome]);
  });

  test('where it was begun by another sign-in of the browser', async () => {
    const browser = await knownBrowser(world);
    await callbackOf(browser, world);
    await browser.visit(`${world.url}/getAToken?code=x&state=AAAAAAAAAAAAAAAAAAAAAA`);
    expect(outcomes).toEqual(['sign_in_unknown']);
  });

  test('where it was declined', async () => {
    const browser = await knownBrowser(world);
    const callback = await callbackOf(browser, world);
    await browser.visit(`${callback}&error=access_denied`);
    expect(outcomes).toEqual(['sign_in_declined']);
  });

  test('where nobody can tell whether it was finished before', async () => {
    const browser = await knownBrowser(world);
    const callback = await callbackOf(browser, world);
    trouble.claim = storeUnavailable('the store of this test');
    expect((await browser.visit(callback)).status).toBe(503);
    expect(outcomes).toEqual(['store_unavailable']);
  });

  test('where something failed that the app has no word for: never by another program’s word', async () => {
    const browser = await knownBrowser(world);
    const callback = await callbackOf(browser, world);
    trouble.create = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    expect((await browser.visit(callback)).status).toBe(500);
    expect(outcomes).toEqual(['internal']);
  });

  test('where it took too long', async () => {
    const browser = await knownBrowser(world);
    const callback = await callbackOf(browser, world);
    world.wait(10 * 60_000 + 1_000);
    await browser.visit(callback);
    expect(outcomes).toEqual(['sign_in_expired']);
  });
});

test('an administrator’s answer about consent and a look at the redirect URI are no sign-ins', async () => {
  const browser = createBrowser();
  await browser.visit(`${world.url}/getAToken?admin_consent=True&tenant=x`);
  await browser.visit(`${world.url}/getAToken?code=x&state=y`, { method: 'HEAD' });
  expect(outcomes).toEqual([]);
});
