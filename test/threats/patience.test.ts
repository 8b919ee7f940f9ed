import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from '../support/browser.ts';
import { fault } from '../support/stage.ts';
import { BUSY_MS } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { callbackOf, knownBrowser, NIA, signedIn } from './support/outcome.ts';

/** Promised is a response within ten seconds; two full deadlines one after the other would be sixteen. */
const ANSWER_WITHIN_MS = 10_000 + 2 * BUSY_MS;

let fresh: World;
let used: World;
beforeAll(async () => {
  [fresh, used] = await Promise.all([openWorld(), openWorld()]);
});
afterAll(() => Promise.all([fresh.close(), used.close()]));

async function timed(answer: Promise<Page>): Promise<[number, boolean]> {
  const startedAtMs = performance.now();
  const { status } = await answer;
  return [status, performance.now() - startedAtMs < ANSWER_WITHIN_MS];
}

test('C22 two upstreams that are slow one after the other cost no more time than one', async () => {
  await signedIn(fresh);
  const newcomer = await knownBrowser(fresh, NIA);
  const callback = await callbackOf(newcomer, fresh);
  fault(fresh, { at: 'token', fault: { kind: 'delay', ms: 7_500 } });
  fault(fresh, { at: 'token', fault: { kind: 'id-token', header: { kid: 'a-new-key' } } });
  fault(fresh, { at: 'keys', times: 'always', fault: { kind: 'hang' } });
  const reader = await signedIn(used);
  fault(used, { at: 'users', fault: { kind: 'delay', ms: 6_000 } });
  fault(used, { at: 'users', fault: { kind: 'claims-challenge' } });
  fault(used, { at: 'token', when: { grant_type: 'refresh_token' }, fault: { kind: 'hang' } });
  const ends = await Promise.all([
    timed(newcomer.visit(callback, { redirects: 0 })),
    timed(reader.visit(`${used.url}/graphcall`, { redirects: 0 })),
  ]);
  expect(ends).toEqual([
    [504, true],
    [504, true],
  ]);
  expect((await newcomer.visit(`${fresh.url}/`)).text).not.toContain(NIA);
  expect(await fresh.records.count()).toBe(1);
});
