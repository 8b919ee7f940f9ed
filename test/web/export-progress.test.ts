import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { type Browser, createBrowser } from '../support/browser.ts';
import { BUSY_MS, until } from '../support/until.ts';
import { openBeside, openWorld, signedInBrowser, type World } from '../support/world.ts';

const NAME = '0123456789abcdef0123456789abcdef';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await openWorld({ emulator: { users: 2_500 } });
});
beforeEach(async () => {
  await world.emulator.reset();
  browser = await signedInBrowser(world);
});
afterAll(() => world.close());

interface Progress {
  count: number;
  total?: number;
  waitingMs?: number;
  ended?: string;
  resumeUrl?: string;
  passedMs?: number;
}

interface Following {
  status: number;
  headers: IncomingHttpHeaders;
  events: Progress[];
  ended: boolean;
  leave(): void;
}

const withoutTimes = ({ resumeUrl: _later, passedMs: _passed, ...progress }: Progress) => progress;
const address = (path: string, name = NAME): string => `${world.url}/graphcall/export/${path}?follow=${name}`;
const exported = () => browser.visit(`${world.url}/graphcall/export.json?follow=${NAME}`);

/** Follows an export as a browser's EventSource does; resolves when the stream has begun. */
function follow(who = browser, name = NAME): Promise<Following> {
  return new Promise((resolve, reject) => {
    const headers = { Cookie: who.cookieHeader(world.url), 'Accept-Encoding': 'gzip, br' };
    const sent = httpRequest(address('progress', name), { headers, agent: false }, (response) => {
      const following: Following = {
        status: response.statusCode ?? 0,
        headers: response.headers,
        events: [],
        ended: false,
        leave: () => void sent.destroy(),
      };
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        for (const [, json = ''] of text.matchAll(/^data: (.*)$/gm)) following.events.push(JSON.parse(json));
      });
      response.on('close', () => {
        following.ended = true;
      });
      resolve(following);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('an export that is followed', () => {
  test('tells the count so far, the total and the end, live', async () => {
    const following = await follow();
    const { count } = JSON.parse((await exported()).html);
    await until(() => following.ended);
    expect({ status: following.status, ...following.headers }).toMatchObject({
      status: 200,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
    });
    expect(following.headers['content-encoding']).toBeUndefined();
    expect(following.events.map(withoutTimes)).toEqual([
      { count: 999, total: count },
      { count: 1_998, total: count },
      { count, total: count },
      { count, total: count, ended: 'complete' },
    ]);
  });

  test('says that Graph asks for patience', async () => {
    await world.fault({
      at: 'users',
      times: 3,
      fault: { kind: 'status', status: 429, headers: { 'Retry-After': '1' }, body: {} },
    });
    const following = await follow();
    await exported();
    expect(following.events.map(withoutTimes)[0]).toEqual({ count: 0, waitingMs: 1_000 });
  });

  test('is told of again where there is no news for a while', async () => {
    await world.fault({ at: 'users', times: 'always', fault: { kind: 'delay', ms: 2_500 } });
    const following = await follow();
    const running = exported();
    await until(() => following.events.at(-1)?.count === 999);
    const told = following.events.length;
    world.wait(5_000);
    await until(() => following.events.length > told);
    await browser.copy().visit(address('cancel'), { method: 'POST' });
    await running;
    expect(following.events[told]).toEqual(following.events[told - 1]);
  });

  test('is cancelled by whoever follows it, and the file says that it is not complete', async () => {
    await world.fault({ at: 'users', fault: { kind: 'rows', each: {} } });
    await world.fault({ at: 'users', times: 'always', fault: { kind: 'delay', ms: 3_000 } });
    const following = await follow();
    const running = exported();
    await until(() => following.events.length > 0);
    const cancelled = await browser.copy().visit(address('cancel'), { method: 'POST' });
    expect(cancelled.status).toBe(204);
    expect(JSON.parse((await running).html)).toMatchObject({ complete: false, count: 999 });
    await until(() => following.ended);
    expect(following.events.at(-1)?.ended).toBe('cancelled');
  });

  test('that broke off goes on where it ended, with everybody once', async () => {
    const following = await follow();
    await world.fault({
      at: 'users',
      times: 'always',
      when: { $top: '999' },
      fault: { kind: 'delay', ms: 400 },
    });
    const running = exported();
    await until(() => following.events.length > 0);
    await browser.copy().visit(address('cancel'), { method: 'POST' });
    const one = JSON.parse((await running).html);
    await until(() => following.ended);
    const { resumeUrl = '' } = following.events.at(-1) ?? {};
    expect(resumeUrl).toMatch(/^\/graphcall\/export\.json\?cursor=/);
    const rest = JSON.parse((await browser.visit(`${world.url}${resumeUrl}`)).html);
    const whole = JSON.parse((await browser.visit(`${world.url}/graphcall/export.json`)).html);
    expect({ one: one.complete, rest: rest.complete }).toEqual({ one: false, rest: true });
    expect([...one.people, ...rest.people]).toEqual(whole.people);
  });

  test('is nobody else’s to follow or cancel', async () => {
    const stranger = await signedInBrowser(world, ['admin']);
    const theirs = await follow(stranger);
    const following = await follow();
    await stranger.copy().visit(address('cancel'), { method: 'POST' });
    const { complete } = JSON.parse((await exported()).html);
    await until(() => following.ended);
    expect({ complete, theirs: theirs.events }).toEqual({ complete: true, theirs: [] });
  });

  test('that fails before it begins tells so', async () => {
    await world.fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
    const following = await follow();
    expect((await exported()).status).toBe(403);
    await until(() => following.ended);
    expect(following.events.map(withoutTimes)).toEqual([{ count: 0, ended: 'incomplete' }]);
  });

  test('needs no follower', async () => {
    expect(JSON.parse((await exported()).html).complete).toBe(true);
  });

  test.each(['', 'x', NAME.toUpperCase(), `${NAME}0`, '%00'])('has no name such as %j', async (name) => {
    expect((await browser.visit(address('progress', name))).status).toBe(400);
    expect((await browser.visit(address('cancel', name), { method: 'POST' })).status).toBe(400);
  });

  test('is not for visitors', async () => {
    const visitor = createBrowser();
    expect((await visitor.visit(address('progress'))).status).toBe(401);
    expect((await visitor.visit(address('cancel'), { method: 'POST' })).status).toBe(401);
  });
});

describe('a stream of news', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_name, index) => index.toString(16).padStart(32, '0'));
  /** Promised is "within some seconds". */
  const SOON_MS = 5_000 + BUSY_MS;

  test('is one of six of a session; the next one is refused, until one ends; others have their own', async () => {
    const stranger = await signedInBrowser(world, ['admin']);
    const streams = await Promise.all(others(6).map((name) => follow(browser, name)));
    const refused = await browser.copy().visit(address('progress', others(7)[6]));
    const theirs = await follow(stranger);
    expect([
      streams.map(({ status }) => status),
      refused.status,
      refused.headers['retry-after'],
      theirs.status,
    ]).toEqual([Array(6).fill(200), 429, '30', 200]);
    streams[0]?.leave();
    await until(async () => {
      const again = await follow(browser, others(7)[6]);
      again.leave();
      return again.status === 200;
    });
    for (const stream of [...streams, theirs]) stream.leave();
  });

  test.each([
    ['at a sign-out', () => browser.copy().visit(`${world.url}/logout`, { redirects: 0 })],
    [
      'at a sign-out from everywhere',
      () => browser.copy().visit(`${world.url}/logout/everywhere`, { method: 'POST', redirects: 0 }),
    ],
    [
      'at a sign-out through another process',
      async () => {
        const beside = await openBeside(world);
        const other = browser.copy();
        await other.visit(`${beside.url}/logout`, { redirects: 0 });
        await beside.close();
      },
    ],
    [
      'when another session of the person ends it',
      async () => {
        const other = await signedInBrowser(world);
        await other.visit(`${world.url}/sessions/others/end`, { method: 'POST', redirects: 0 });
      },
    ],
    ['when the session has not been used for an hour', async () => world.wait(61 * 60_000)],
  ])('ends %s, within seconds, also while its export waits', async (_name, end) => {
    await world.fault({ at: 'users', fault: { kind: 'delay', ms: 6_000 } });
    const following = await follow();
    const asked = async () => (await world.received('/v1.0/users')).length;
    const before = await asked();
    const running = exported();
    await until(async () => (await asked()) > before);
    await end();
    await until(() => following.ended, SOON_MS);
    expect(following.events.filter(({ ended }) => ended !== undefined)).toEqual([]);
    await running;
  });

  test('goes on while the session is there, for a minute without an export and no longer', async () => {
    const following = await follow();
    world.wait(50_000);
    const running = exported();
    await until(() => following.events.length > 0);
    await running;
    await until(() => following.ended);
    const idle = await follow(browser, others(1)[0]);
    world.wait(61_000);
    await until(() => idle.ended, SOON_MS);
    expect([following.events.at(-1)?.ended, idle.events]).toEqual(['complete', []]);
  });

  test('is not begun by asking for its headers', async () => {
    const answers = await Promise.all(
      others(10).map((name) => browser.copy().visit(address('progress', name), { method: 'HEAD' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

test('the page has the words for it in every language, hidden until a script shows them', async () => {
  for (const language of ['en', 'nl', 'de']) {
    const page = await browser.visit(`${world.url}/graphcall`, { headers: { 'Accept-Language': language } });
    const region = load(page.html)('[data-progress]');
    expect(region.attr('hidden')).toBeDefined();
    expect(region.attr('data-of')).toMatch(/\{number\}.*\{total\}.*\{rate\}.*\{duration\}/);
    expect(region.attr('data-waiting')).toMatch(/\{number\}.*\{duration\}/);
    expect(region.attr('data-complete')).toContain('{number}');
    expect(region.attr('data-incomplete')).toContain('{amount}');
  }
});
