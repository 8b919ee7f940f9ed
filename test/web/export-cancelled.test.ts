import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import type { Browser, Page } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { openBeside, openWorld, signedInBrowser, type World } from '../support/world.ts';

const SOON_MS = 4_000;
/** Two processes of one app: with the same sessions and the same Microsoft. */
let world: World;
let other: World;
let browser: Browser;
let name: string;

beforeAll(async () => {
  world = await openWorld();
  other = await openBeside(world);
});
beforeEach(async () => {
  await world.emulator.reset();
  world.log.splice(0);
  browser = await signedInBrowser(world);
  name = new URL((await pageOf()).url).searchParams.get('follow') ?? '';
});
afterAll(() => Promise.all([world.close(), other.close()]));

const pageOf = (path = '/graphcall/export') => browser.copy().visit(`${world.url}${path}`);
const asked = async () => (await world.received('/v1.0/users')).length;
const cancelAt = ({ url }: World) =>
  browser.copy().visit(`${url}/graphcall/export/cancel?follow=${name}`, { method: 'POST' });
const says = async () => load((await pageOf(`/graphcall/export?follow=${name}`)).html)('[data-text]').text();
const ENDED = 'The export ended before there was a file.';
const exportLines = () =>
  world.log.filter(({ req }) => JSON.stringify(req ?? '').includes('/graphcall/export.csv'));

/** Begins an export, and waits until the emulator was asked for its first page. */
async function begin({ url } = world): Promise<{ file: Promise<Page> }> {
  const before = await asked();
  const file = browser.copy().visit(`${url}/graphcall/export.csv?follow=${name}`);
  await until(async () => (await asked()) > before);
  return { file };
}

const THROTTLED = { kind: 'status', status: 429, headers: { 'Retry-After': '20' }, body: {} };
const SLOW = { kind: 'delay', ms: 8_000 };
const always = (fault: object, at = 'users') => world.fault({ at, times: 'always', fault });

describe('an export that is cancelled before its first page', () => {
  test.each([
    ['which is throttled', THROTTLED, () => world],
    ['which is slow', SLOW, () => world],
    ['which is throttled, through another process', THROTTLED, () => other],
  ])('%s, answers with nothing at once, as nobody’s mistake', async (_name, fault, through) => {
    await always(fault);
    const { file } = await begin();
    const beganAtMs = Date.now();
    const cancelled = await cancelAt(through());
    const { status, headers, html } = await file;
    await until(() => exportLines().length > 0);
    expect({
      cancelled: cancelled.status,
      status,
      html,
      as: headers['content-disposition'],
      soon: Date.now() - beganAtMs < SOON_MS,
      log: exportLines().map(({ level, reason }) => ({ level, reason })),
    }).toEqual({
      cancelled: 204,
      status: 204,
      html: '',
      as: undefined,
      soon: true,
      log: [{ level: 30, reason: undefined }],
    });
    await until(async () => (await says()) === ENDED);
  });

  test.each([
    ['this process', () => world],
    ['another process', () => other],
  ])('says so also after a second press of the button, answered by %s', async (_name, second) => {
    await always(THROTTLED);
    const { file } = await begin();
    await cancelAt(world);
    await file;
    await until(async () => (await says()) === ENDED);
    const again = await cancelAt(second());
    expect({ status: again.status, says: await says() }).toEqual({ status: 204, says: ENDED });
  });

  test('does not wait for its token to be renewed', async () => {
    await world.fault({ at: 'users', fault: { kind: 'status', status: 401, body: {} } });
    await always(SLOW, 'token');
    const renewals = async () => (await world.received('/token')).length;
    const before = await renewals();
    const { file } = await begin();
    await until(async () => (await renewals()) > before);
    const beganAtMs = Date.now();
    await cancelAt(world);
    expect({ status: (await file).status, soon: Date.now() - beganAtMs < SOON_MS }).toEqual({
      status: 204,
      soon: true,
    });
  });
});

describe('before its first page, an export', () => {
  test('whose visitor goes away ends, as nobody’s mistake', async () => {
    await always(THROTTLED);
    const gone = httpRequest(`${world.url}/graphcall/export.csv?follow=${name}`, {
      headers: { Cookie: browser.cookieHeader(world.url) },
    });
    gone.on('error', () => undefined).end();
    await until(async () => (await asked()) > 0);
    gone.destroy();
    await until(async () => (await says()) === ENDED);
    expect(exportLines()).toMatchObject([{ level: 30, aborted: true }]);
  });

  test('that fails is a page that says why', async () => {
    await always({ kind: 'status', status: 403, body: {} });
    const { status, html } = await (await begin()).file;
    expect({ status, heading: load(html)('h1').text() }).toEqual({
      status: 403,
      heading: 'You do not have access to the directory',
    });
  });
});

test('when the process ends before an export’s first page, a page says so and offers the same file', async () => {
  await always(THROTTLED);
  const ending = await openBeside(world);
  const { file } = await begin(ending);
  ending.end();
  const { status, headers, html } = await file;
  await ending.close();
  const $ = load(html);
  expect({
    status,
    heading: $('h1').text(),
    again: $('main a.primary').attr('href'),
    wait: Number(headers['retry-after']) > 0,
  }).toEqual({
    status: 503,
    heading: 'The app is being restarted',
    again: `/graphcall/export.csv?follow=${name}`,
    wait: true,
  });
});
