import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createBrowser } from '../../support/browser.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { beginAnew, inParallel } from '../../support/stage.ts';
import { openWorld, type World } from '../../support/world.ts';
import { signedIn } from '../../threats/support/outcome.ts';
import { exactlyOnce, noMixing, signOutRaces, tabs } from '../../threats/support/rounds.ts';

const HOUR_MS = 3_600_000;
let world: World;
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});
beforeEach(async () => {
  world = await openWorld();
  await beginAnew(world);
});
afterAll(() => redis.kill());

test(
  'B8 twenty times in parallel, a hundred rounds, redeems a hundred codes',
  async () => {
    await exactlyOnce(world, 100);
    await world.close();
  },
  HOUR_MS,
);

test(
  'G40 ten tabs, twenty rounds',
  async () => {
    await tabs(world, 20);
    await world.close();
  },
  HOUR_MS,
);

test(
  'D30 a thousand races of a sign-out against a renewal',
  async () => {
    for (let hundred = 0; hundred < 10; hundred += 1) {
      const fresh = await openWorld();
      await signOutRaces(fresh, 100);
      await fresh.close();
    }
    await world.close();
  },
  HOUR_MS,
);

test(
  'I43 ten thousand people, two hundred at a time, over two processes',
  async () => {
    await world.close();
    await noMixing(redis.url, 10_000, 200);
  },
  HOUR_MS,
);

test(
  'M61 a hundred thousand page views and ten thousand sign-ins that nobody finishes store nothing',
  async () => {
    const visit = (path: string) => createBrowser().visit(`${world.url}${path}`, { redirects: 0 });
    await inParallel(Array.from({ length: 100_000 }), 50, () => visit('/'));
    await inParallel(Array.from({ length: 10_000 }), 50, () => visit('/login'));
    await inParallel(Array.from({ length: 10_000 }), 50, (_item, index) =>
      visit(`/getAToken?code=x&state=${String(index).padStart(22, 'A')}`),
    );
    expect(await world.records.count()).toBe(0);
    const startedAtMs = performance.now();
    await signedIn(world);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    await world.close();
  },
  HOUR_MS,
);
