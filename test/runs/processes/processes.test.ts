import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser } from '../../support/browser.ts';
import { type Fleet, openFleet } from '../../support/fleet.ts';
import {
  changeSecrets,
  during,
  killInTurn,
  lost,
  type Signed,
  signEverybodyIn,
  type Tally,
  useAppOnce,
} from '../../support/rolling.ts';
import { type Person, peopleOf, signInAs, whoIsIn } from '../../support/sign-ins.ts';
import { until } from '../../support/until.ts';

/** The one of that number. */
function personAt(index: number): Person {
  const person = people[index % people.length];
  if (person === undefined) throw new Error('somebody has to be there');
  return person;
}

/** A tenth of what the heavy run has. */
const SETTLED = 100;
const people = peopleOf(300);

describe('two processes behind nginx, over one folder', () => {
  let fleet: Fleet;
  let settled: Signed[];
  beforeAll(async () => {
    fleet = await openFleet({ people });
    settled = await signEverybodyIn(fleet, people.slice(0, SETTLED));
  });
  afterEach(() => fleet.emulator.clearFaults());
  afterAll(() => fleet.close());

  test('a person signs in at the public address and is known to both', async () => {
    const person = personAt(0);
    const { browser } = await signInAs(person, fleet.url);
    expect(browser.cookieHeader(fleet.url)).toMatch(/^__Host-session=/);
    for (const app of fleet.apps)
      expect(await whoIsIn(browser, app.url.replace('127.0.0.1', 'localhost'))).toBe(person.username);
    const page = await browser.visit(`${fleet.url}/graphcall?top=5`, { redirects: 0 });
    expect(page.status).toBe(200);
    const out = await browser.visit(`${fleet.url}/logout`, { redirects: 0 });
    expect(new URL(out.headers.location ?? '').searchParams.get('post_logout_redirect_uri')).toBe(
      `${fleet.url}/`,
    );
  });

  test('restarted one after the other under load, no request fails and nobody is signed out', async () => {
    const tally: Tally = { done: 0, wrong: [], interrupted: 0 };
    await during(fleet.roll(), 4, (index) => {
      const known = settled[index % SETTLED];
      if (known === undefined) throw new Error('somebody has to be there');
      return useAppOnce(fleet, known, personAt(SETTLED + (index % SETTLED)), tally);
    });
    expect({ ...tally, done: tally.done > 0 }).toEqual({ done: true, wrong: [], interrupted: 0 });
    expect(await lost(fleet, settled)).toEqual([]);
  });

  test('one of two killed again and again: no session lost, nobody is somebody else, one more click at most', async () => {
    const tally = await killInTurn(fleet, {
      kills: 3,
      killEveryMs: 2_000,
      signInsPerSecond: 8,
      settled,
      newcomers: people.slice(SETTLED),
    });
    expect(tally.wrong).toEqual([]);
    expect(tally.done).toBeGreaterThan(10);
  });

  test('SIGTERM: not ready at once, the request under way finishes, exit 0 within ten seconds', async () => {
    const [app] = fleet.apps;
    const [known] = settled;
    if (known === undefined) throw new Error('somebody has to be there');
    fleet.emulator.addFault({ at: 'users', fault: { kind: 'delay', ms: 4_000 } });
    const here = app.url.replace('127.0.0.1', 'localhost');
    const before = fleet.emulator.ledger().filter(({ path }) => path.startsWith('/v1.0/users')).length;
    let answered = false;
    const slow = known.browser
      .copy()
      .visit(`${here}/graphcall?top=5`, { redirects: 0 })
      .finally(() => {
        answered = true;
      });
    await until(
      () => fleet.emulator.ledger().filter(({ path }) => path.startsWith('/v1.0/users')).length > before,
    );
    const startedAtMs = performance.now();
    const exited = app.stop('SIGTERM');
    await until(async () => !(await app.isReady()));
    expect(answered).toBe(false);
    await until(() => /Requests under way are being finished/.test(app.program.output.stderr));
    expect((await slow).status).toBe(200);
    const answeredAtMs = performance.now();
    expect(await exited).toBe(0);
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    // no idle connection holds it up
    expect(performance.now() - answeredAtMs).toBeLessThan(5_000);
    expect(await lost(fleet, settled)).toEqual([]);
    await app.start();
  });

  test('nginx logs which route was asked for and who answered, but no code, state, search or person, one process away or not', async () => {
    const [app] = fleet.apps;
    const { browser } = await signInAs(personAt(SETTLED), fleet.url);
    await browser.visit(`${fleet.url}/graphcall?search=Person`, { redirects: 0 });
    const { objectId } = personAt(0);
    for (const path of [`/${objectId}`, `/graphcall/users/${objectId}`, `/graphcall/users/${objectId}/photo`])
      await browser.visit(`${fleet.url}${path}`, { redirects: 0 });
    await app.stop('SIGTERM');
    for (let count = 0; count < 2; count += 1)
      await createBrowser().visit(`${fleet.url}/getAToken?code=x&state=y`);
    await app.start();
    const logged = () => fleet.nginx.logged();
    await until(() => logged().split('GET /getAToken ').length > 3);
    expect(logged()).toMatch(/"GET \/getAToken HTTP\/1\.1" 302 /);
    expect(logged()).toMatch(
      /"GET \/getAToken HTTP\/1\.1" 400 \d+ "127\.0\.0\.1:\d+, 127\.0\.0\.1:\d+ 502, 400"/,
    );
    expect(logged()).not.toMatch(/(code|state|search)=/);
    expect(logged()).not.toContain(objectId);
    for (const route of ['/*', '/graphcall', '/graphcall/users/:id', '/graphcall/users/:id/photo'])
      expect(logged()).toContain(`"GET ${route} HTTP/1.1"`);
  });

  test('calls over both at once renew a token once in each, and the newest refresh token is kept', async () => {
    const person = personAt(SETTLED);
    const token = (times: number | 'always', fault: object) =>
      fleet.emulator.addFault({ at: 'token', times, fault } as Parameters<typeof fleet.emulator.addFault>[0]);
    token(1, { kind: 'answer', set: { expires_in: 60 } });
    const { browser } = await signInAs(person, fleet.url);
    token('always', { kind: 'single-use-refresh' });
    const renewals = () =>
      fleet.emulator.ledger().filter(({ body }) => body.grant_type === 'refresh_token').length;
    const before = renewals();
    const pages = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser.copy().visit(`${fleet.url}/graphcall?top=1`, { redirects: 0 }),
      ),
    );
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
    expect(renewals() - before).toBeGreaterThanOrEqual(1);
    expect(renewals() - before).toBeLessThanOrEqual(2);
    fleet.emulator.addFault({ at: 'users', fault: { kind: 'status', status: 401, body: {} } });
    const forced = await browser.visit(`${fleet.url}/graphcall?top=1`, { redirects: 0 });
    expect(forced.status).toBe(200);
  });

  test('a session that one process ends is over in the other at once, by every way to sign out', async () => {
    const person = personAt(SETTLED + 1);
    const [one, other] = fleet.apps.map(({ url }) => url.replace('127.0.0.1', 'localhost'));
    if (one === undefined || other === undefined) throw new Error('there have to be two');
    for (const [way, method] of [
      ['/logout', 'GET'],
      ['/logout/here', 'POST'],
      ['/logout/everywhere', 'POST'],
    ] as const) {
      const { browser } = await signInAs(person, fleet.url);
      expect([way, await whoIsIn(browser, other)]).toEqual([way, person.username]);
      await browser.copy().visit(`${one}${way}`, { method, redirects: 0 });
      expect([way, await whoIsIn(browser, other)]).toEqual([way, undefined]);
    }
    fleet.emulator.addFault({
      at: 'token',
      fault: { kind: 'id-token', claims: { sid: 'a-session-over-two-processes' } },
    });
    const { browser } = await signInAs(person, fleet.url);
    expect(await whoIsIn(browser, other)).toBe(person.username);
    const frame = await createBrowser().visit(`${one}/logout/frontchannel?sid=a-session-over-two-processes`);
    expect(frame.status).toBe(200);
    expect(await whoIsIn(browser, other)).toBeUndefined();
  });

  test('secrets change in four rolling steps and nobody is signed out who used the app meanwhile', async () => {
    await changeSecrets(fleet, settled);
  });
});

describe('the rate limit behind nginx', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet({ environment: { RATE_LIMIT_PER_MINUTE: '10' } });
  });
  afterAll(() => fleet.close());

  test('counts each visitor by the address that nginx saw, whatever the visitor says', async () => {
    const statusesOf = async (localAddress: string) => {
      const statuses: number[] = [];
      for (let count = 0; count < 30; count += 1) {
        const page = await createBrowser().visit(`${fleet.url.replace('localhost', '127.0.0.1')}/login`, {
          redirects: 0,
          localAddress,
          headers: { 'X-Forwarded-For': `203.0.113.${count}`, Forwarded: `for=203.0.113.${count}` },
        });
        statuses.push(page.status);
      }
      return statuses;
    };
    // ten in each of two processes
    for (const address of ['127.0.0.11', '127.0.0.12']) {
      expect((await statusesOf(address)).toSorted()).toEqual([
        ...Array.from({ length: 20 }, () => 302),
        ...Array.from({ length: 10 }, () => 429),
      ]);
    }
  });
});
