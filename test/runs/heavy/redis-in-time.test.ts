import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectRedisRecords } from '../../../src/sessions/store/redis/redis-records.ts';
import type { Browser } from '../../support/browser.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';
import { openWorld, type World } from '../../support/world.ts';
import { attemptSignIn, signedIn } from '../../threats/support/outcome.ts';

const TWO_SECONDS_MS = 2_000;
const ROUNDS = 10;
const PATHS = ['/', '/graphcall', '/graphcall/export.csv', '/permissions', '/logout', '/login', '/readyz'];

let redis: RedisServer;
let world: World;
beforeAll(async () => {
  redis = await startRedis();
  const records = await connectRedisRecords({ url: redis.url, onWarning: () => undefined });
  world = await openWorld({ records });
});
afterAll(async () => {
  redis.thaw();
  await world.records.close();
  await world.close();
  await redis.kill();
});

async function timed(work: Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work;
  return performance.now() - startedAtMs;
}

/** How long a signed-in person waits for each page while Redis is away, in milliseconds. */
async function waitsOf(browser: Browser): Promise<number[]> {
  const waits: number[] = [];
  for (const path of PATHS) {
    const answer = browser.copy().visit(`${world.url}${path}`, { redirects: 0 });
    waits.push(await timed(answer));
    expect([path, (await answer).status]).toEqual([path, 503]);
  }
  return waits;
}

const TROUBLES = [
  { what: 'killed and started again', begin: () => redis.kill(), end: () => redis.start() },
  { what: 'frozen and thawed', begin: () => redis.freeze(), end: () => redis.thaw() },
];

test.each(TROUBLES)(
  'Redis $what ten times: each answer within two seconds, and full service within two of its return',
  async ({ begin, end }) => {
    const waits: number[] = [];
    const returns: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const browser = await signedIn(world);
      await begin();
      waits.push(...(await waitsOf(browser)));
      await end();
      const signsIn = async () => (await attemptSignIn(world)).page.status === 302;
      returns.push(await timed(until(signsIn, 10_000)));
    }
    expect(Math.max(...waits)).toBeLessThan(TWO_SECONDS_MS);
    expect(Math.max(...returns)).toBeLessThan(TWO_SECONDS_MS);
  },
  5 * 60_000,
);
