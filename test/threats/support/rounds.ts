import { expect } from '@jest/globals';
import { readSeed, type Seed } from '../../../src/emulator/index.ts';
import { type Browser, createBrowser, type Page } from '../../support/browser.ts';
import { acceptAs, type Person, peopleOf } from '../../support/sign-ins.ts';
import { beginAnew, fault, inParallel, newlyKept, receivedSince } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import type { World } from '../../support/world.ts';
import { type BuiltApp, startBuiltApp, TENANT } from './built-app.ts';
import { ADELE, callbackOf, knownBrowser, signedIn, tokenRequests } from './outcome.ts';

/** The same callback twenty times at once, over and over: one code each. */
export async function exactlyOnce(world: World, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const browser = await knownBrowser(world);
    const callback = await callbackOf(browser, world);
    const before = tokenRequests(world);
    const copies = Array.from({ length: 20 }, () => browser.copy());
    const answers = await Promise.all(copies.map((copy) => copy.visit(callback, { redirects: 0 })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([302, ...Array.from({ length: 19 }, () => 400)]);
    expect(tokenRequests(world) - before).toBe(1);
  }
}

/** Ten tabs that sign in at once and come back in another order each time. */
export async function tabs(world: World, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const browser = await knownBrowser(world);
    const paths = Array.from({ length: 10 }, (_tab, index) => `/t${index}`);
    const callbacks = await Promise.all(
      paths.map((path) => callbackOf(browser, world, `/login?returnTo=${path}`)),
    );
    const order = paths.map((_path, index) => (index * 7 + round) % 10);
    const ends = await Promise.all(
      order.map((index) => browser.visit(callbacks[index] ?? '', { redirects: 0 })),
    );
    expect(ends.map(({ headers }) => headers.location)).toEqual(order.map((index) => paths[index]));
    expect((await browser.visit(`${world.url}/`)).text).toContain(ADELE);
  }
}

/** A sign-out while a call runs whose token has to be renewed: at Graph, or at the token endpoint. */
export async function signOutRaces(world: World, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    fault(world, { at: 'token', fault: { kind: 'answer', set: { expires_in: 60 } } });
    const browser = await signedIn(world);
    await beginAnew(world);
    const [place, path] = round % 2 === 0 ? ['users', '/v1.0/'] : ['token', '/token'];
    fault(world, { at: place, fault: { kind: 'delay', ms: (round * 7) % 60 } });
    const running = browser.copy().visit(`${world.url}/graphcall`, { redirects: 0 });
    await until(() => receivedSince(world, path ?? '').length > 0);
    const out = await browser.copy().visit(`${world.url}/logout`, { redirects: 0 });
    const page = await running;
    expect([out.status, await newlyKept(world), tokenRequests(world)]).toEqual([302, -1, 1]);
    expect([200, 302, 401]).toContain(page.status);
    expect((await browser.visit(`${world.url}/`)).text).not.toContain(ADELE);
  }
}

/**
 * Many people sign in through two processes over one Redis and list the directory three times each; no page, no call
 * of Graph and no session is anybody else's.
 */
export async function noMixing(redisUrl: string, count: number, atOnce: number): Promise<void> {
  const people = peopleOf(count);
  const one = await startBuiltApp({ REDIS_URL: redisUrl, LOG_LEVEL: 'warn' }, [], { seed: seedOf(people) });
  const beside = { emulator: one.emulator, certificateFile: one.certificateFile };
  const two = await startBuiltApp({ REDIS_URL: redisUrl, LOG_LEVEL: 'warn', BASE_URL: one.url }, [], beside);
  const callers = new Map<string, Person>();
  const seen: Seen = { pages: 0, calls: 0, wrong: [] };
  try {
    for (let start = 0; start < count; start += atOnce) {
      const group = people.slice(start, start + atOnce);
      one.emulator.addFault({
        at: 'token',
        times: group.length,
        fault: { kind: 'delay', ms: (start % 50) + 1 },
      });
      await inParallel(group, atOnce, (person, index) =>
        useTheApp(person, index % 2 === 0 ? [one, two] : [two, one], callers, seen),
      );
      judgeCalls(one, callers, seen);
    }
    expect({ pages: seen.pages, wrong: seen.wrong }).toEqual({ pages: 3 * count, wrong: [] });
    expect(seen.calls).toBeGreaterThanOrEqual(3 * count); // one that came too late was made, too
    const stranger = createBrowser();
    expect((await stranger.visit(`${one.url}/`)).text).not.toContain('Person Number');
    expect((await stranger.visit(`${two.url}/graphcall`, { redirects: 0 })).status).toBe(302);
  } finally {
    await two.program.stop('SIGKILL');
    await one.close();
  }
}

function seedOf(people: readonly Person[]): Seed {
  return readSeed({ accounts: people.map((person) => ({ ...person, kind: 'work', tenantId: TENANT })) });
}

/** What a round saw: pages as they should be, calls of Graph, and whatever was not as it should be. */
interface Seen {
  pages: number;
  calls: number;
  wrong: string[];
}

/** The app turns requests away that it cannot answer, and gives up after 8 seconds. On a busy machine both come true, and a person tries again. */
const NOT_NOW = [503, 504];
const MOST_TRIES = 5;

async function patiently(visit: () => Promise<Page>): Promise<Page> {
  let page = await visit();
  for (let tries = 1; tries < MOST_TRIES && NOT_NOW.includes(page.status); tries += 1) page = await visit();
  return page;
}

async function useTheApp(
  person: Person,
  [begin, end]: readonly [BuiltApp, BuiltApp],
  callers: Map<string, Person>,
  seen: Seen,
): Promise<void> {
  const browser = createBrowser();
  const back = await patiently(async () => {
    const left = await browser.visit(`${begin.url}/login`, { redirects: 0 });
    if (left.headers.location === undefined) return left;
    const callback = await acceptAs(person, left.headers.location);
    return browser.visit(at(end, callback), { redirects: 0 });
  });
  if (back.status !== 302) seen.wrong.push(`${person.username} was answered ${back.status}`);
  for (const app of [begin, end, begin]) await listPeople(person, browser, app, callers, seen);
}

async function listPeople(
  person: Person,
  browser: Browser,
  app: BuiltApp,
  callers: Map<string, Person>,
  seen: Seen,
): Promise<void> {
  const page = await patiently(async () => {
    const answered = await browser.visit(`${app.url}/graphcall?top=1`, { redirects: 0 });
    callers.set(String(answered.headers['x-correlation-id']), person);
    return answered;
  });
  const shown: readonly string[] = page.html.match(/person\d{6}@contoso\.example/g) ?? [];
  const header = page.html.slice(0, page.html.indexOf('<main'));
  if (page.status !== 200 || !header.includes(person.username) || !shown.includes(person.username)) {
    seen.wrong.push(`${person.username} saw ${page.status} ${header.match(/person\d{6}@/g)}`);
  } else seen.pages += 1;
}

function at(app: BuiltApp, callback: string): string {
  const { pathname, search } = new URL(callback);
  return `${app.url}${pathname}${search}`;
}

/** Whose token came with each call, by the correlation id that the page and the call share. */
function judgeCalls({ emulator }: BuiltApp, callers: Map<string, Person>, seen: Seen): void {
  for (const { path, headers } of emulator.ledger()) {
    if (!path.startsWith('/v1.0/users')) continue;
    const id = headers['client-request-id'] ?? '';
    const person = callers.get(id);
    if (person === undefined) continue;
    callers.delete(id);
    seen.calls += 1;
    const claims = Buffer.from(headers.authorization?.split('.')[1] ?? '', 'base64url').toString('utf8');
    if (!claims.includes(`"oid":"${person.objectId}"`))
      seen.wrong.push(`${person.username} called as somebody else`);
  }
}
