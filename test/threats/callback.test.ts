import { describe, expect, test } from '@jest/globals';
import { appUnderTest } from '../runs/runs.ts';
import { createBrowser } from '../support/browser.ts';
import { inParallel, newlyKept, useWorld } from '../support/stage.ts';
import { openWorld } from '../support/world.ts';
import {
  ADELE,
  callbackOf,
  knownBrowser,
  NIA,
  outcomeOf,
  refusal,
  secretsOf,
  signedIn,
  tokenRequests,
} from './support/outcome.ts';
import { sendRaw } from './support/raw.ts';
import { exactlyOnce } from './support/rounds.ts';

const world = useWorld();

describe('a callback without its sign-in', () => {
  test.each([
    ['nothing', ''],
    ['a code and a state', '?code=x&state=y'],
    ['an empty state', '?state='],
    ['a code alone', '?code=x'],
    ['a state of the right form', '?code=x&state=AAAAAAAAAAAAAAAAAAAAAA'],
    ['an error', '?error=access_denied&state=AAAAAAAAAAAAAAAAAAAAAA'],
    ['an error without a state', '?error=server_error&error_description=x'],
    ['junk that does not decode', '?state=%E0%A4%A&code=%'],
    ['tokens', '?id_token=x.y.z&access_token=x&state=AAAAAAAAAAAAAAAAAAAAAA'],
  ])('B4 no cookie, but %s', async (_name, query) => {
    const browser = createBrowser();
    const page = await browser.visit(`${world().url}/getAToken${query}`);
    const outcome = await outcomeOf(world(), browser, page);
    const says = query.includes('state=A') ? 'sign_in_cookie_missing' : 'sign_in_unknown';
    expect(outcome).toEqual(refusal(400, says, 0));
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('B4 another method: %s', async (method) => {
    const answer = await sendRaw(world().url, [
      `${method} /getAToken?code=x&state=y HTTP/1.1`,
      'Host: localhost',
      'Content-Length: 0',
    ]);
    expect({ status: answer.status, tokens: tokenRequests(world()) }).toEqual({
      status: appUnderTest() === 'the demo' ? 405 : 404,
      tokens: 0,
    });
  });

  test('B4 two hundred times over: the app still answers, and nothing is stored', async () => {
    const answers = await inParallel(Array.from({ length: 200 }), 20, (_item, index) =>
      createBrowser().visit(`${world().url}/getAToken?code=x${index}&state=y${index}`),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect((await createBrowser().visit(`${world().url}/`)).status).toBe(200);
    expect([tokenRequests(world()), await newlyKept(world())]).toEqual([0, 0]);
  });
});

describe('a callback whose state is not the one of this browser', () => {
  const changed: readonly (readonly [string, (state: string, other: string) => string])[] = [
    ['another', (_state, other) => `state=${other}`],
    ['absent', () => ''],
    ['empty', () => 'state='],
    ['twice', (state) => `state=${state}&state=${state}`],
    ['twice, once wrong', (state) => `state=wrong&state=${state}`],
    ['nested', (state) => `state[a]=${state}`],
    ['in a list', (state) => `state[]=${state}`],
    ['with a zero byte', (state) => `state=${state}%00`],
    ['with a space', (state) => `state=${state}%20`],
    ['one character short', (state) => `state=${state.slice(0, -1)}`],
    ['one character long', (state) => `state=${state}A`],
    ['in other case', (state) => `state=${swapCase(state)}`],
    ['a prototype', () => 'state=__proto__&state[__proto__]=x'],
    ['the name of a member', () => 'state=constructor'],
    ['of ten thousand characters', () => `state=${'A'.repeat(10_000)}`],
  ];

  test.each(changed)('B5 state %s', async (_name, query) => {
    const browser = await knownBrowser(world());
    const callback = new URL(await callbackOf(browser, world()));
    const code = callback.searchParams.get('code') ?? '';
    const state = callback.searchParams.get('state') ?? '';
    const other = 'BBBBBBBBBBBBBBBBBBBBBB';
    const page = await browser.visit(`${world().url}/getAToken?code=${code}&${query(state, other)}`);
    expect(await outcomeOf(world(), browser, page, [code, state])).toEqual(
      refusal(400, 'sign_in_unknown', 0),
    );
  });

  test('B5 one browser’s code with the state of another', async () => {
    const [one, two] = [await knownBrowser(world()), await knownBrowser(world(), NIA)];
    const [mine, theirs] = [new URL(await callbackOf(one, world())), new URL(await callbackOf(two, world()))];
    theirs.searchParams.set('code', mine.searchParams.get('code') ?? '');
    const page = await one.visit(theirs.href);
    expect(await outcomeOf(world(), one, page, secretsOf(theirs.href))).toEqual(
      refusal(400, 'sign_in_unknown', 0),
    );
  });

  test('B5 the whole callback of an attacker in the browser of a victim: nobody is signed in as the attacker', async () => {
    const attacker = await knownBrowser(world(), NIA);
    const callback = await callbackOf(attacker, world());
    const victim = await signedIn(world());
    const page = await victim.visit(callback);
    expect(await outcomeOf(world(), victim, page, secretsOf(callback))).toMatchObject({
      status: 400,
      signedInAs: ADELE,
      tokenRequests: 1,
      logged: ['sign_in_cookie_missing'],
    });
  });

  test('B5 a cookie of a sign-in under the name of another state', async () => {
    const browser = await knownBrowser(world());
    const callback = new URL(await callbackOf(browser, world()));
    const [name = '', value = ''] = pendingCookie(browser.cookieHeader(world().url));
    const thief = createBrowser();
    thief.setCookie(world().url, `${name.slice(0, -22)}${'x'.repeat(22)}`, value);
    expect((await thief.visit(callback.href)).status).toBe(400);
    expect(tokenRequests(world())).toBe(0);
  });

  test('B5 two sign-ins of one browser whose cookies were swapped', async () => {
    const browser = await knownBrowser(world());
    const [one, two] = [await callbackOf(browser, world()), await callbackOf(browser, world())];
    const pairs = browser
      .cookieHeader(world().url)
      .split('; ')
      .filter((pair) => pair.startsWith('signin-'));
    const [[first = '', firstValue = ''] = [], [second = '', secondValue = ''] = []] = pairs.map((pair) =>
      pair.split('=', 2),
    );
    browser.setCookie(world().url, first, secondValue);
    browser.setCookie(world().url, second, firstValue);
    expect([
      (await browser.visit(one)).status,
      (await browser.visit(two)).status,
      tokenRequests(world()),
    ]).toEqual([400, 400, 0]);
  });

  test('B10 an answer about consent that anybody could make up says so and does nothing', async () => {
    const browser = await knownBrowser(world());
    const callback = new URL(await callbackOf(browser, world()));
    const invented =
      '?admin_consent=True&tenant=CANARY-TENANT&scope=CANARY-SCOPE&error_description=CANARY-TEXT';
    const page = await browser.visit(`${world().url}/getAToken${invented}`);
    expect([page.html.includes('CANARY'), tokenRequests(world()), await newlyKept(world())]).toEqual([
      false,
      0,
      0,
    ]);
    const beside = await browser.visit(`${callback.href}&admin_consent=True`, { redirects: 0 });
    expect([beside.status, tokenRequests(world())]).toEqual([302, 1]);
  });

  test.each([
    ['cut short', (value: string) => value.slice(0, -8)],
    [
      'with one character changed',
      (value: string) => `${value.slice(0, 40)}${value[40] === 'A' ? 'B' : 'A'}${value.slice(41)}`,
    ],
    ['empty', () => ''],
    ['of another kind', () => Buffer.from('{"nonce":"x"}').toString('base64url')],
    ['with the bytes of its kind changed', (value: string) => `Ag${value.slice(2)}`],
  ])('B5 a cookie of a sign-in %s', async (_name, change) => {
    const browser = await knownBrowser(world());
    const callback = await callbackOf(browser, world());
    const [name = '', value = ''] = pendingCookie(browser.cookieHeader(world().url));
    browser.setCookie(world().url, name, change(value));
    const page = await browser.visit(callback);
    expect(await outcomeOf(world(), browser, page, secretsOf(callback))).toEqual(
      refusal(400, 'sign_in_unknown', 0),
    );
  });
});

describe('a callback that comes again', () => {
  test('B7 with the same browser leads home, and with an empty one nowhere', async () => {
    const browser = await knownBrowser(world());
    const callback = await callbackOf(browser, world());
    const first = await browser.visit(callback, { redirects: 0 });
    const again = await browser.visit(callback, { redirects: 0 });
    const stranger = await createBrowser().visit(callback, { redirects: 0 });
    expect({
      answers: [first, again, stranger].map(({ status, headers }) => [status, headers.location]),
      policy: first.headers['referrer-policy'],
      cache: first.headers['cache-control'],
      tokens: tokenRequests(world()),
    }).toEqual({
      answers: [
        [302, '/'],
        [302, '/'],
        [400, undefined],
      ],
      policy: 'no-referrer',
      cache: 'no-store',
      tokens: 1,
    });
  });

  test('B7 with cookies that were copied before redeems nothing', async () => {
    const browser = await knownBrowser(world());
    const callback = await callbackOf(browser, world());
    const copy = browser.copy();
    await browser.visit(callback, { redirects: 0 });
    const page = await copy.visit(callback);
    expect(await outcomeOf(world(), copy, page, secretsOf(callback))).toMatchObject({
      status: 400,
      says: 'sign_in_used',
      signedInAs: undefined,
      tokenRequests: 1,
    });
  });

  test('B7 after a failure it is spent as well', async () => {
    const browser = await knownBrowser(world());
    const callback = new URL(await callbackOf(browser, world()));
    const copy = browser.copy();
    const failed = `${world().url}/getAToken?error=access_denied&state=${callback.searchParams.get('state')}`;
    expect((await browser.visit(failed)).status).toBe(403);
    expect((await browser.visit(callback.href)).status).toBe(400);
    expect((await copy.visit(callback.href)).status).toBe(400);
    expect([tokenRequests(world()), await newlyKept(world())]).toEqual([0, 0]);
  });

  test('B8 twenty times in parallel, ten rounds, redeems ten codes', () => exactlyOnce(world(), 10));

  test('B9 after ten minutes is too late, in words, and the next try works', async () => {
    const late = await openWorld();
    const browser = await knownBrowser(late);
    const callback = await callbackOf(browser, late);
    late.wait(10 * 60_000 + 1_000);
    const page = await browser.visit(callback);
    const outcome = await outcomeOf(late, browser, page, secretsOf(callback));
    expect({ ...outcome, tokenRequests: (await late.received('/token')).length }).toEqual(
      refusal(400, 'sign_in_expired', 0),
    );
    expect((await browser.visit(await callbackOf(browser, late), { redirects: 0 })).status).toBe(302);
    await late.close();
  });
});

describe('an answer that reports an error', () => {
  const hostile =
    'error_description=<img src=x onerror=alert(1)>CANARYTEXT&error_uri=javascript:alert(1)//CANARYTEXT';

  test('B10 with the right state: our own words, nothing of the text, no link to the address', async () => {
    const browser = await knownBrowser(world());
    const callback = new URL(await callbackOf(browser, world()));
    const state = callback.searchParams.get('state') ?? '';
    const page = await browser.visit(
      `${world().url}/getAToken?error=access_denied&${hostile}&state=${state}`,
    );
    expect(page.html).not.toMatch(/CANARYTEXT|onerror|javascript:/);
    expect(await outcomeOf(world(), browser, page, [state, 'CANARYTEXT'])).toEqual(
      refusal(403, 'sign_in_declined', 0),
    );
  });

  test('B10 with a wrong state: nothing of the text either', async () => {
    const browser = await knownBrowser(world());
    await callbackOf(browser, world());
    const page = await browser.visit(
      `${world().url}/getAToken?error=CANARYTEXT&${hostile}&state=AAAAAAAAAAAAAAAAAAAAAA`,
    );
    expect(page.html).not.toMatch(/CANARYTEXT|onerror|javascript:/);
    expect(await outcomeOf(world(), browser, page, ['CANARYTEXT'])).toEqual(
      refusal(400, 'sign_in_unknown', 0),
    );
  });

  test('B10 with a code beside it: an error all the same, and the code is not redeemed', async () => {
    const browser = await knownBrowser(world());
    const callback = await callbackOf(browser, world());
    const page = await browser.visit(`${callback}&error=access_denied`);
    expect(await outcomeOf(world(), browser, page, secretsOf(callback))).toEqual(
      refusal(403, 'sign_in_declined', 0),
    );
  });

  test.each([
    ['access_denied', 403],
    ['consent_required', 403],
    ['login_required', 400],
    ['server_error', 503],
    ['temporarily_unavailable', 503],
    ['invalid_request', 502],
    ['unauthorized_client', 502],
    ['__proto__', 400],
    ['constructor', 400],
    ['toString', 400],
    ['<script>alert(1)</script>', 400],
  ])('B10 the error %s is a page with %i', async (error, status) => {
    const browser = await knownBrowser(world());
    const callback = new URL(await callbackOf(browser, world()));
    const state = callback.searchParams.get('state');
    const page = await browser.visit(
      `${world().url}/getAToken?error=${encodeURIComponent(error)}&state=${state}`,
    );
    expect({ status: page.status, script: page.html.includes('<script>alert') }).toEqual({
      status,
      script: false,
    });
    expect([tokenRequests(world()), await newlyKept(world())]).toEqual([0, 0]);
  });

  test.each([
    ['no code', ''],
    ['an empty code', 'code='],
    ['two codes', 'code=a&code=b'],
    ['a nested code', 'code[a]=b'],
    ['a code with a line break', 'code=a%0d%0ab'],
    ['a code of ten thousand characters', `code=${'a'.repeat(10_000)}`],
  ])('B10 the right state and %s', async (_name, query) => {
    const browser = await knownBrowser(world());
    const state = new URL(await callbackOf(browser, world())).searchParams.get('state');
    const page = await browser.visit(`${world().url}/getAToken?${query}&state=${state}`);
    expect(await outcomeOf(world(), browser, page)).toEqual(refusal(400, 'bad_request', 0));
  });
});

test('H42 a sign-in begun with one authority is not finished with another', async () => {
  const one = await openWorld();
  const two = await openWorld({ config: { baseUrl: one.url } });
  const browser = await knownBrowser(one);
  const callback = await callbackOf(browser, one);
  one.restart({ authorityMetadata: JSON.stringify(two.emulator.openidConfiguration('common')) });
  const page = await browser.visit(callback);
  expect(await outcomeOf(one, browser, page, secretsOf(callback))).toEqual(
    refusal(400, 'id_token_refused', 0),
  );
  expect((await one.received('/token')).length + (await two.received('/token')).length).toBe(0);
  await Promise.all([one.close(), two.close()]);
});

test('A1 three hundred sign-ins share no state, nonce or challenge', async () => {
  const answers = await inParallel(Array.from({ length: 300 }), 10, () =>
    createBrowser().visit(`${world().url}/login`, { redirects: 0 }),
  );
  const seen = answers.map(({ headers }) => new URL(headers.location ?? '').searchParams);
  for (const name of ['state', 'nonce', 'code_challenge']) {
    const values = seen.map((parameters) => parameters.get(name) ?? '');
    expect(new Set(values).size).toBe(300);
    expect(Math.min(...values.map(({ length }) => length))).toBeGreaterThanOrEqual(22);
  }
  expect(await newlyKept(world())).toBe(0);
});

test('A3 while the platform is away people still leave for it, and a sign-in fails in words and works afterwards', async () => {
  const gone = await openWorld();
  await gone.emulator.close();
  const browser = createBrowser();
  const left = await browser.visit(`${gone.url}/login`, { redirects: 0 });
  const state = new URL(left.headers.location ?? '').searchParams.get('state');
  const page = await browser.visit(`${gone.url}/getAToken?code=x&state=${state}`);
  expect({
    left: left.status,
    status: page.status,
    words: page.text.includes('cannot be reached'),
  }).toEqual({
    left: 302,
    status: 503,
    words: true,
  });
  expect((await browser.visit(`${gone.url}/`)).status).toBe(200);
  await gone.close();
});

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

function pendingCookie(header: string): string[] {
  const pair = header.split('; ').find((one) => one.startsWith('signin-')) ?? '';
  return pair.split('=', 2);
}
