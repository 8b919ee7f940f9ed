import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Browser, createBrowser } from '../support/browser.ts';
import { receivedSince, useWorld } from '../support/stage.ts';
import { signedInBrowser } from '../support/world.ts';

const opened = useWorld();
let world: ReturnType<typeof opened>;
let browser: Browser;

beforeEach(async () => {
  world = opened();
  browser ??= await signedInBrowser(world);
});

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: { people?: Record<string, string>[]; error?: string };
}

async function suggest(search: string, headers = {}, from = browser): Promise<Answer> {
  const url = `${world.url}/graphcall/suggest?${new URLSearchParams({ search })}`;
  const page = await from.visit(url, { headers, redirects: 0 });
  return { status: page.status, headers: page.headers, body: JSON.parse(page.html) };
}

const graphCalls = () => receivedSince(world, '/v1.0/users').map(({ query }) => query);

describe('suggestions of people', () => {
  test('have the names of the file of everybody, and lead to the people', async () => {
    const { status, headers, body } = await suggest('adele vance');
    const [adele = {}] = body.people ?? [];
    expect({ status, type: headers['content-type'], count: body.people?.length, adele }).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      count: 1,
      adele: {
        id: expect.any(String),
        name: 'Adele Vance',
        displayName: 'Adele Vance',
        givenName: 'Adele',
        surname: 'Vance',
        mail: 'adele.vance@contoso.example',
        userPrincipalName: 'adele.vance@contoso.example',
        url: `/graphcall/users/${adele.id}`,
      },
    });
    expect((await browser.visit(`${world.url}${adele.url}`)).text).toContain('Adele Vance');
  });

  test('are few, and kept by the browser for this session only', async () => {
    const { headers, body } = await suggest('a');
    expect({
      people: body.people?.length,
      asked: graphCalls().map(({ $top }) => $top),
      cache: headers['cache-control'],
      vary: String(headers.vary).includes('Cookie'),
    }).toEqual({ people: 8, asked: ['8'], cache: 'private, max-age=60', vary: true });
  });

  test.each(['', ' \u0000\t '])('for %j are none, and Graph is not asked', async (search) => {
    const { status, body } = await suggest(search);
    expect({ status, body, asked: graphCalls() }).toEqual({
      status: 200,
      body: { people: [] },
      asked: [],
    });
  });

  test.each([201, 1_001, 10_000])('for %d characters are refused, and Graph is not asked', async (length) => {
    const { status, headers, body } = await suggest('a'.repeat(length));
    expect({ status, error: body.error, cache: headers['cache-control'], asked: graphCalls() }).toEqual({
      status: 400,
      error: expect.any(String),
      cache: 'no-store',
      asked: [],
    });
  });

  test.each([
    ['a script', { Accept: 'application/json' }],
    ['a browser that opens the address', { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate' }],
  ])('are not for visitors: %s reads so, and no sign-in begins', async (_name, headers) => {
    const { status, headers: said, body } = await suggest('adele', headers, createBrowser());
    expect({ status, error: body.error, location: said.location, cookie: said['set-cookie'] }).toEqual({
      status: 401,
      error: 'session_ended',
      location: undefined,
      cookie: undefined,
    });
    expect(graphCalls()).toEqual([]);
  });

  test.each([
    ['a script of another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }],
    ['a script tag on a sister site', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' }],
  ])('are not for %s', async (_name, headers) => {
    const url = `${world.url}/graphcall/suggest?search=adele`;
    const page = await browser.visit(url, { headers: { ...headers, Origin: 'https://evil.example' } });
    expect({ status: page.status, cors: page.headers['access-control-allow-origin'] }).toEqual({
      status: 403,
      cors: undefined,
    });
    expect(page.html).not.toContain('adele.vance');
    expect(graphCalls()).toEqual([]);
  });

  test('of one session are so many a minute, and another session has its own', async () => {
    const eager = await signedInBrowser(world);
    const statuses = new Map<number, number>();
    let last: Answer | undefined;
    for (let count = 0; count < 130; count += 1) {
      last = await suggest('', {}, eager);
      statuses.set(last.status, (statuses.get(last.status) ?? 0) + 1);
    }
    const other = await suggest('');
    expect({
      statuses: [...statuses],
      other: other.status,
      wait: Number(last?.headers['retry-after']) > 0,
    }).toEqual({
      statuses: [
        [200, 120],
        [429, 10],
      ],
      other: 200,
      wait: true,
    });
  });

  test.each([
    ['is throttled', { kind: 'status', status: 429, headers: { 'Retry-After': '30' }, body: {} }, 429],
    ['refuses', { kind: 'status', status: 403, body: {} }, 403],
    ['wants the person to act', { kind: 'status', status: 401, body: {} }, 401],
  ])('where Graph %s are JSON that says so, and no sign-in begins', async (_name, fault, status) => {
    await world.fault({ at: 'users', times: 'always', fault });
    const answer = await suggest('adele');
    expect({ status: answer.status, error: answer.body.error, location: answer.headers.location }).toEqual({
      status: expect.any(Number),
      error: expect.any(String),
      location: undefined,
    });
    expect([status, 503]).toContain(answer.status);
  });

  test('hold names as they are: text, and nobody without a page', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const rows = [
      { id, displayName: '<img src=x onerror=alert(1)>\u202e', mail: '"><script>' },
      { id: '../me', displayName: 'Nobody' },
    ];
    await world.fault({ at: 'users', fault: { kind: 'rows', rows } });
    const { headers, body } = await suggest('x');
    expect({ people: body.people, sniff: headers['x-content-type-options'] }).toEqual({
      people: [
        {
          id,
          name: '<img src=x onerror=alert(1)>\u202e',
          displayName: '<img src=x onerror=alert(1)>\u202e',
          mail: '"><script>',
          url: `/graphcall/users/${id}`,
        },
      ],
      sniff: 'nosniff',
    });
  });

  test('leave nothing of what was searched for in the log', async () => {
    await suggest('adele vance');
    const text = JSON.stringify(world.log);
    expect([text.includes('/graphcall/suggest'), /adele/i.test(text)]).toEqual([true, false]);
  });
});
