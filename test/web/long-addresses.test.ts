import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { PARAMETERS, type ParameterName } from '../../src/http/parameters.ts';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { BUSY_MS } from '../support/until.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

const ID = '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01';
const LIST = ['search', 'top', 'cursor', 'page', 'before', 'total', 'plain'] as const;
const ANSWER = [
  'code',
  'state',
  'session_state',
  'error',
  'error_subcode',
  'error_description',
  'error_uri',
  'admin_consent',
  'iss',
] as const;
const FILE = ['search', 'cursor', 'plain', 'follow', 'separator', 'after', 'total'] as const;

/** Every page that reads parameters. */
const READS: readonly (readonly [line: string, names: readonly ParameterName[]])[] = [
  ['GET /graphcall', LIST],
  [`GET /graphcall/users/${ID}`, LIST],
  [`GET /graphcall/users/${ID}/photo`, ['initials', 'size']],
  ['GET /graphcall/export', [...FILE, 'returnTo', 'renew']],
  ['GET /graphcall/export.csv', FILE],
  ['GET /graphcall/export.json', FILE],
  ['GET /graphcall/export/progress', ['follow']],
  ['POST /graphcall/export/cancel', ['follow', 'returnTo']],
  ['GET /language', ['to', 'returnTo']],
  ['GET /appearance', ['to', 'returnTo']],
  ['GET /login', ['returnTo', 'prompt', 'login_hint', 'domain_hint', 'scope']],
  ['GET /getAToken', ANSWER],
  ['GET /logout/frontchannel', ['sid', 'iss']],
];

/** Of what a long value may be made. */
const fillingsOf = (name: ParameterName) =>
  PARAMETERS[name].most > 64 ? ['x', '1 ', 'é', '🙂', '"', '%'] : ['x', '<'];
/** Node takes no longer request. */
const MOST_CHARACTERS = 12_000;
const WITHIN_MS = 2_000 + 2 * BUSY_MS;
/** What a long address may add to a page. */
const ADDED_CHARACTERS = 150_000;

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await openWorld();
  browser = await signedInBrowser(world);
  const value = Array.from({ length: 300 }, (_row, index) => ({
    id: ID.replace(/^.{8}/, index.toString(16).padStart(8, '0')),
    displayName: `Person ${index}`,
    mail: `person${index}@contoso.example`,
  }));
  const body = { value, '@odata.nextLink': `${world.emulator.baseUrl}/v1.0/users?$skiptoken=next` };
  await world.fault({ at: 'users', times: 'always', fault: { kind: 'status', status: 200, body } });
});
afterAll(() => world.close());

const long = (name: ParameterName, filling: string): string =>
  filling.repeat(PARAMETERS[name].most).slice(0, PARAMETERS[name].most).toWellFormed();
const withQuery = (line: string, query: Partial<Record<ParameterName, string>>): string =>
  `${line}?${new URLSearchParams(query)}`;

async function timed(line: string): Promise<Page & { inTime: boolean }> {
  const [method, target = ''] = line.split(' ', 2) as ['GET' | 'POST', string];
  const startedAtMs = performance.now();
  const page = await browser.copy().visit(`${world.url}${target}`, { method, redirects: 0 });
  return { ...page, inTime: performance.now() - startedAtMs < WITHIN_MS };
}

describe('an address', () => {
  test('can hold no parameter that is not measured here', () => {
    expect(new Set(READS.flatMap(([, names]) => names))).toEqual(new Set(Object.keys(PARAMETERS)));
  });

  test.each(READS)('%s with the longest value of each is answered soon and shortly', async (line, names) => {
    const { length: usual } = (await timed(line)).html;
    for (const name of names) {
      for (const filling of fillingsOf(name)) {
        const longest = withQuery(line, { [name]: long(name, filling) });
        if (longest.length > MOST_CHARACTERS) continue;
        const { status, inTime, html } = await timed(longest);
        expect({
          longest,
          inTime,
          failed: status >= 500,
          long: html.length > usual + ADDED_CHARACTERS,
        }).toEqual({
          longest,
          inTime: true,
          failed: false,
          long: false,
        });
      }
    }
  });

  test.each(['25', '999', 'all'])(
    'of a page of people, all of it as long as can be, with top=%s',
    async (top) => {
      const usual = await timed(withQuery('GET /graphcall', { top }));
      for (const query of [
        { cursor: '50', page: '3', before: long('before', '1 ') },
        { cursor: long('cursor', 'x'), before: long('before', '1 '), page: '3' },
        { search: '語'.repeat(200), cursor: 'y'.repeat(900), total: '9' },
        { search: '"'.repeat(200), cursor: long('cursor', 'z') },
      ]) {
        const page = await timed(withQuery('GET /graphcall', { top, ...query }));
        expect([page.status, page.inTime, page.html.length < usual.html.length + ADDED_CHARACTERS]).toEqual([
          200,
          true,
          true,
        ]);
        expect(load(page.html)('nav.pages a[rel=prev]').attr('href')?.length ?? 0).toBeLessThan(1_024);
      }
    },
  );

  test.each(READS)(
    '%s with one more character is refused in words, or as if it were not there',
    async (line, names) => {
      for (const name of names) {
        const { status, html, text } = await timed(withQuery(line, { [name]: `${long(name, 'x')}x` }));
        if (PARAMETERS[name].beyond === 'refused') {
          expect({ name, status, said: text.includes('This address is too long') }).toEqual({
            name,
            status: 400,
            said: true,
          });
          expect(html.length).toBeLessThan(20_000);
          continue;
        }
        const without = await timed(line);
        expect({ name, status }).toEqual({ name, status: without.status });
      }
    },
  );

  test('with three thousand pages before it is refused before Graph is asked', async () => {
    const asked = (await world.received('/v1.0/')).length;
    const before = Array(3_000).fill('1').join(' ');
    const page = await timed(withQuery('GET /graphcall', { cursor: '50', page: '3', before, top: '999' }));
    expect([page.status, page.inTime, (await world.received('/v1.0/')).length]).toEqual([400, true, asked]);
  });

  test('with an error that is too long beside a code signs nobody in', async () => {
    const visitor = createBrowser();
    const picker = await visitor.visit(`${world.url}/login`);
    const callback = new URL(await visitor.pressUntilSentAway(picker, ['work'], ['accept']));
    callback.searchParams.set('error', long('error', 'x').concat('x'));
    const page = await visitor.visit(callback.href, { redirects: 0 });
    expect([page.status, (await visitor.visit(`${world.url}/`)).text.includes('Sign out')]).toEqual([
      400,
      false,
    ]);
  });
});
