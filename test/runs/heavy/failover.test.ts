import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type BenchApp, type BenchStage, openStage } from '../../bench/stage.ts';
import type { Page } from '../../support/browser.ts';
import { type MovingEndpoint, openEndpoint } from '../../support/moving-endpoint.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { redisCli } from '../../support/redis-cli.ts';
import { answerOf, peopleOf, signInAs, whoIsIn } from '../../support/sign-ins.ts';
import { until } from '../../support/until.ts';

const SIGN_INS_PER_SECOND = 50;
const FAILOVERS = 4;
const EVERY_MS = 10_000;
/** On a machine that cannot keep the pace, sign-ins begin late rather than all at once. */
const MOST_UNDER_WAY = 30;
/** Between the loss of a server and its successor, where a managed Redis takes over without a word. */
const NOBODY_MS = 1_000;
/** The gate's page, which no failover shows. */
const TOO_MANY = '503 Too many people at once';
const PEOPLE = peopleOf(1_000);

let first: RedisServer;
let second: RedisServer;
let endpoint: MovingEndpoint;
let stage: BenchStage;
let app: BenchApp;
beforeEach(async () => {
  [first, second] = await Promise.all([startRedis(), startRedis()]);
  endpoint = await openEndpoint(first.port);
  stage = await openStage(PEOPLE);
  app = await stage.startApp({
    REDIS_URL: `redis://127.0.0.1:${endpoint.port}`,
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'error',
  });
  await follow();
}, 120_000);
afterEach(async () => {
  await stage.close();
  endpoint.close();
  await Promise.all([first, second].map((server) => server.kill()));
});

/** The second server takes over what the first one has, and keeps up. */
async function follow(): Promise<void> {
  await redisCli(second.port, 'REPLICAOF', '127.0.0.1', `${first.port}`);
  await until(async () => (await redisCli(first.port, 'INFO', 'replication')).includes('state=online'));
}

/** As for maintenance: the replica is promoted, the old server follows it, the address moves. */
async function promote(): Promise<void> {
  await redisCli(second.port, 'REPLICAOF', 'NO', 'ONE');
  await redisCli(first.port, 'REPLICAOF', '127.0.0.1', `${second.port}`);
  endpoint.moveTo(second.port);
  [first, second] = [second, first];
  await follow();
}

/** After a crash: what the replica was not told yet is lost. */
async function lose(): Promise<void> {
  await first.kill();
  await pause(NOBODY_MS);
  await redisCli(second.port, 'REPLICAOF', 'NO', 'ONE');
  endpoint.moveTo(second.port);
  [first, second] = [second, first];
  await second.start();
  await follow();
}

interface Tally {
  done: number;
  /** How many needed so many clicks more. */
  clicks: number[];
  /** How often the machine had no room, and the page tried again by itself. */
  turnedAway: number;
  /** Somebody is shown as another person. */
  wrong: string[];
  /** More than a click more, or no sign-in at all. */
  stuck: string[];
  /** Signed in, and not any more: their session was on the server that is lost. */
  forgotten: number;
}

/** A person reads the page, and does as it says. */
async function heed(shown: Page | undefined): Promise<void> {
  await pause(Number(shown?.headers['retry-after'] ?? 2) * 1_000);
}

async function signInOnce(number: number, tally: Tally): Promise<void> {
  const person = PEOPLE[number % PEOPLE.length] ?? { username: '', objectId: '', displayName: '' };
  try {
    const { browser, reasons } = await signInAs(person, app.url, heed);
    const troubles = reasons.filter((reason) => reason !== TOO_MANY);
    tally.turnedAway += reasons.length - troubles.length;
    tally.clicks[troubles.length] = (tally.clicks[troubles.length] ?? 0) + 1;
    if (troubles.length > 1) tally.stuck.push(`${person.username}: ${reasons.join('; ')}`);
    const shown = await whoIsIn(browser, app.url);
    if (shown === undefined) tally.forgotten += 1;
    else if (shown !== person.username && shown !== answerOf(503))
      tally.wrong.push(`${person.username} is shown ${shown}`);
    tally.done += 1;
  } catch (error) {
    tally.stuck.push(String(error));
  }
}

/** Begins sign-ins at an even pace until something is over. */
async function signInMeanwhile(work: Promise<unknown>, tally: Tally): Promise<number> {
  const underWay = new Set<Promise<void>>();
  const beginMs = performance.now();
  let [isOver, begun] = [false, 0];
  const over = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const due = ((performance.now() - beginMs) / 1_000) * SIGN_INS_PER_SECOND;
    if (begun < due && underWay.size < MOST_UNDER_WAY) {
      const signingIn = signInOnce(begun++, tally).finally(() => underWay.delete(signingIn));
      underWay.add(signingIn);
    } else await pause(2);
  }
  const perSecond = begun / ((performance.now() - beginMs) / 1_000);
  await Promise.all(underWay);
  await over;
  return perSecond;
}

test.each([
  ['is promoted', promote],
  ['takes over from one that is lost', lose],
])(
  'a replica %s under fifty sign-ins a second: nobody is somebody else, or clicks more than once more',
  async (_how, fail) => {
    const settled = await Promise.all(
      PEOPLE.slice(0, 20).map(async (person) => ({ person, ...(await signInAs(person, app.url)) })),
    );
    const failing = async () => {
      for (let failover = 0; failover < FAILOVERS; failover += 1) {
        await pause(EVERY_MS);
        await fail();
      }
      await pause(EVERY_MS);
    };
    const tally: Tally = { done: 0, clicks: [], turnedAway: 0, wrong: [], stuck: [], forgotten: 0 };
    const perSecond = await signInMeanwhile(failing(), tally);
    process.stdout.write(
      `${tally.done} sign-ins, ${perSecond.toFixed(0)} a second; at once, with one click more …: ${tally.clicks.join(', ')}; turned away ${tally.turnedAway}, forgotten ${tally.forgotten}\n`,
    );
    expect([tally.wrong, tally.stuck]).toEqual([[], []]);
    for (const { person, browser } of settled) expect(await whoIsIn(browser, app.url)).toBe(person.username);
  },
  300_000,
);
