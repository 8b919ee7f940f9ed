import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Browser } from './browser.ts';
import type { Fleet } from './fleet.ts';
import { answerOf, type Person, signInAs, whoIsIn } from './sign-ins.ts';
import { until } from './until.ts';

/** Somebody who is signed in, and where. */
export interface Signed {
  person: Person;
  browser: Browser;
}

/** How a load went. */
export interface Tally {
  done: number;
  /** What went wrong, one line each. */
  wrong: string[];
  /** Sign-ins that needed another click. */
  interrupted: number;
}

const AT_ONCE = 10;

/** Signs everybody in, a few at a time. */
export async function signEverybodyIn(fleet: Fleet, people: readonly Person[]): Promise<Signed[]> {
  const signed: Signed[] = [];
  for (let start = 0; start < people.length; start += AT_ONCE) {
    const some = people.slice(start, start + AT_ONCE).map(async (person) => {
      const { browser } = await signInAs(person, fleet.url);
      return { person, browser };
    });
    signed.push(...(await Promise.all(some)));
  }
  return signed;
}

/** Who of them is not shown as who they are; whom the disk of a busy machine keeps waiting is looked at once more. */
export async function lost(fleet: Fleet, signed: readonly Signed[]): Promise<string[]> {
  const missing: string[] = [];
  const look = async ({ person, browser }: Signed) => {
    const first = await whoIsIn(browser, fleet.url);
    const shown = first === answerOf(503) ? await whoIsIn(browser, fleet.url) : first;
    if (shown !== person.username) missing.push(`${person.username} is shown ${shown ?? 'nobody'}`);
  };
  for (let start = 0; start < signed.length; start += AT_ONCE)
    await Promise.all(signed.slice(start, start + AT_ONCE).map(look));
  return missing;
}

const SECRET = 'a-session-secret-of-the-tests-0123456789';
const NEWER_SECRET = 'another-session-secret-of-the-tests-012';

/** Changes the secret in four rolling steps: after each of them nobody is lost, and at the end some open their tokens. */
export async function changeSecrets(fleet: Fleet, signed: readonly Signed[]): Promise<void> {
  for (const secrets of [[SECRET], [SECRET, NEWER_SECRET], [NEWER_SECRET, SECRET], [NEWER_SECRET]]) {
    await fleet.roll({ SESSION_SECRET: secrets.join(',') });
    expect(await lost(fleet, signed)).toEqual([]);
  }
  for (const { browser } of signed.slice(0, signed.length / 20)) {
    const { status } = await browser.visit(`${fleet.url}/graphcall?top=5`, { redirects: 0 });
    expect(status).toBe(200);
  }
}

/** Runs loads one after the other in each of a few lanes until something else is over. */
export async function during<Result>(
  work: Promise<Result>,
  lanes: number,
  load: (index: number) => Promise<void>,
): Promise<Result> {
  let over = false;
  let index = 0;
  const lane = async () => {
    while (!over) {
      index += 1;
      await load(index);
    }
  };
  const running = Array.from({ length: lanes }, lane);
  const end = () => {
    over = true;
  };
  work.then(end, end);
  await Promise.all(running);
  return work;
}

/** A home page and a sign-in at a time; whatever is not as it should be is noted. */
export async function useAppOnce(
  fleet: Fleet,
  settled: Signed,
  newcomer: Person,
  tally: Tally,
): Promise<void> {
  try {
    const shown = await whoIsIn(settled.browser, fleet.url);
    if (shown !== settled.person.username)
      tally.wrong.push(`${settled.person.username} is shown ${shown ?? 'nobody'}`);
    const { browser, furtherClicks, reasons } = await signInAs(newcomer, fleet.url);
    if (furtherClicks > 0) tally.interrupted += 1;
    if (furtherClicks > 1) tally.wrong.push(`${newcomer.username} clicked again after ${reasons.join('; ')}`);
    const own = await whoIsIn(browser, fleet.url);
    if (own !== newcomer.username) tally.wrong.push(`${newcomer.username} is shown ${own ?? 'nobody'}`);
    tally.done += 1;
  } catch (error) {
    tally.wrong.push(String(error));
  }
}

export interface KillingRound {
  /** So many, and one so often, or as soon as a slow machine is ready for it. */
  kills: number;
  killEveryMs: number;
  signInsPerSecond: number;
  settled: readonly Signed[];
  newcomers: readonly Person[];
}

export interface KillingTally extends Tally {
  /** Kills while a sign-in was under way. */
  killsInSignIns: number;
  /** By how much a sign-in was begun after its time, at the most. */
  lateMs: number;
}

/** Between a restart, however long it took, and the next kill: who was interrupted can click again. */
const RESPITE_MS = 1_000;
/** On a machine that cannot keep the pace, sign-ins begin late rather than all at once. */
const MOST_UNDER_WAY = 30;
const MOST_SIGN_INS = 20_000;

/** Begins sign-ins at an even pace while one process after the other is killed and started again. */
export async function killInTurn(fleet: Fleet, round: KillingRound): Promise<KillingTally> {
  const { kills, killEveryMs, signInsPerSecond, settled, newcomers } = round;
  const tally: KillingTally = { done: 0, wrong: [], interrupted: 0, killsInSignIns: 0, lateMs: 0 };
  let underWay = 0;
  let isOver = false;
  const startMs = performance.now();
  const killing = async () => {
    let nextMs = startMs + killEveryMs / 2;
    for (let killed = 0; killed < kills; killed += 1) {
      await until(() => performance.now() >= nextMs, killEveryMs + 60_000);
      const victim = fleet.apps[killed % 2 === 0 ? 0 : 1];
      await until(() => victim.isReady());
      if (underWay > 0) tally.killsInSignIns += 1;
      await victim.stop('SIGKILL');
      await victim.start();
      nextMs = Math.max(nextMs + killEveryMs, performance.now() + RESPITE_MS);
    }
    await until(() => performance.now() >= nextMs - killEveryMs / 2, killEveryMs + 60_000);
  };
  const pacing = async () => {
    const running: Promise<void>[] = [];
    for (let count = 0; !isOver && count < MOST_SIGN_INS; count += 1) {
      const dueMs = startMs + (count * 1_000) / signInsPerSecond;
      await pause(Math.max(0, dueMs - performance.now()));
      const known = settled[count % settled.length];
      const newcomer = newcomers[count % newcomers.length];
      if (known === undefined || newcomer === undefined) throw new Error('somebody has to be there');
      await until(() => underWay < MOST_UNDER_WAY);
      tally.lateMs = Math.max(tally.lateMs, performance.now() - dueMs);
      underWay += 1;
      const use = useAppOnce(fleet, known, newcomer, tally).finally(() => {
        underWay -= 1;
      });
      running.push(use);
    }
    await Promise.all(running);
  };
  const killed = killing().finally(() => {
    isOver = true;
  });
  await Promise.all([killed, pacing()]);
  expect(await lost(fleet, settled)).toEqual([]);
  return tally;
}
