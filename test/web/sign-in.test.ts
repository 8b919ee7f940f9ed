import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, createBrowser } from '../support/browser.ts';
import { openWorld, signedInBrowser, signIn, type World } from '../support/world.ts';

let world: World;

describe('signing in', () => {
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test('a visitor who asks for the people is sent through the sign-in and back to them', async () => {
    const page = await signIn(createBrowser(), world, ['work'], '/graphcall');
    expect({ url: page.url, status: page.status }).toEqual({ url: `${world.url}/graphcall`, status: 200 });
    expect(page.text).toContain('Adele Vance');
    expect(page.text).toContain('adele.vance@contoso.example');
  });

  test('each account of the emulator can sign in', async () => {
    for (const account of world.emulator.accounts) {
      const home = await signIn(createBrowser(), world, [account.username]);
      expect({ url: home.url, shown: home.text.includes(account.username) }).toEqual({
        url: `${world.url}/`,
        shown: true,
      });
    }
  });

  test('the authorization request is code flow with S256, a fresh state and nonce, and nothing of the visitor', async () => {
    const answer = await createBrowser().visit(
      `${world.url}/login?client_id=EVIL-CLIENT-ID&redirect_uri=https://evil.example&response_type=token&state=x&nonce=x&scope=Mail.ReadWrite&prompt=none`,
      { redirects: 0 },
    );
    const url = new URL(answer.headers.location ?? '');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: '11111111-1111-4111-8111-111111111111',
      redirect_uri: `${world.url}/getAToken`,
      response_type: 'code',
      response_mode: 'query',
      scope: 'User.ReadBasic.All openid profile offline_access',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{22}$/),
      nonce: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(url.href).not.toMatch(/EVIL-CLIENT|evil\.example|Mail\.ReadWrite|prompt=/);
  });

  test('a prompt, a login hint and a domain hint of a link are passed on when they are valid', async () => {
    const { headers } = await createBrowser().visit(
      `${world.url}/login?prompt=login&login_hint=adele.vance%40contoso.example&domain_hint=contoso.example`,
      { redirects: 0 },
    );
    expect(Object.fromEntries(new URL(headers.location ?? '').searchParams)).toMatchObject({
      prompt: 'login',
      login_hint: 'adele.vance@contoso.example',
      domain_hint: 'contoso.example',
    });
  });

  test('ten tabs that sign in at once all finish, each on its own page', async () => {
    const browser = createBrowser();
    const paths = Array.from({ length: 10 }, (_value, index) => `/graphcall?top=${index + 1}`);
    const pickers = await Promise.all(paths.map((path) => browser.visit(`${world.url}${path}`)));
    const callbacks = [];
    for (const picker of pickers) {
      const next = await browser.press(picker, 'adele.vance', 'work');
      callbacks.push(
        next.url.startsWith(world.emulator.baseUrl) ? await browser.press(next, 'accept') : next,
      );
    }
    expect(callbacks.map((page) => page.url)).toEqual(paths.map((path) => `${world.url}${path}`));
  });

  test('a finished callback that is visited again leads home and redeems nothing', async () => {
    const browser = createBrowser();
    const callback = await callbackOf(browser);
    const before = await world.received('/token');
    const [first, again] = [
      await browser.visit(callback, { redirects: 0 }),
      await browser.visit(callback, { redirects: 0 }),
    ];
    expect([first.status, first.headers.location, again.status, again.headers.location]).toEqual([
      302,
      '/',
      302,
      '/',
    ]);
    expect(await world.received('/token')).toHaveLength(before.length + 1);
  });

  test('the same callback twenty times at once redeems one code', async () => {
    const browser = createBrowser();
    const callback = await callbackOf(browser);
    const before = await world.received('/token');
    const copies = Array.from({ length: 20 }, () => browser.copy());
    const answers = await Promise.all(copies.map((copy) => copy.visit(callback, { redirects: 0 })));
    expect(answers.filter((answer) => answer.status === 302)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 400)).toHaveLength(19);
    expect(await world.received('/token')).toHaveLength(before.length + 1);
  });

  test('another browser has no use for a callback', async () => {
    const callback = await callbackOf(createBrowser());
    const before = await world.received('/token');
    const stranger = await createBrowser().visit(callback);
    expect(stranger.status).toBe(400);
    expect(await world.received('/token')).toHaveLength(before.length);
  });

  test('declining the consent is said in words and signs nobody in', async () => {
    const browser = createBrowser();
    await world.emulator.reset();
    const picker = await browser.visit(`${world.url}/login`);
    const consent = await browser.press(picker, 'adele.vance', 'work');
    const declined = await browser.press(consent, 'cancel');
    expect({ status: declined.status, url: declined.url.split('?')[0] }).toEqual({
      status: 403,
      url: `${world.url}/getAToken`,
    });
    expect(declined.text).toContain('AADSTS65004');
    expect((await browser.visit(`${world.url}/`)).text).not.toContain('adele.vance');
  });

  test('a sign-in that takes longer than ten minutes is refused, and another one works', async () => {
    const late = await openWorld();
    const browser = createBrowser();
    const callback = await callbackOf(browser, late);
    late.wait(10 * 60_000 + 1_000);
    const answer = await browser.visit(callback);
    expect(answer.status).toBe(400);
    expect(await late.received('/token')).toHaveLength(0);
    await late.close();
  });

  test('the session id is new after a sign-in, and the old one is worth nothing', async () => {
    const browser = await signedInBrowser(world);
    const before = browser.copy();
    await signIn(browser, world, ['admin'], '/login?prompt=select_account');
    expect((await browser.visit(`${world.url}/`)).text).toContain('nia.okafor');
    expect((await before.visit(`${world.url}/`)).text).not.toContain('adele.vance');
  });

  test('signing out ends the session and comes back to the signed-out home page', async () => {
    const browser = await signedInBrowser(world);
    const stolen = browser.copy();
    const answer = await browser.visit(`${world.url}/logout`, { redirects: 0 });
    const target = new URL(answer.headers.location ?? '');
    expect({ path: target.pathname, ...Object.fromEntries(target.searchParams) }).toEqual({
      path: '/common/oauth2/v2.0/logout',
      post_logout_redirect_uri: `${world.url}/`,
      logout_hint: expect.any(String),
    });
    const back = await browser.visit(target.href);
    expect(back.url).toBe(`${world.url}/`);
    expect((await stolen.visit(`${world.url}/`)).text).not.toContain('adele.vance');
  });

  test.each([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { 'Sec-Purpose': 'prefetch' },
    { Purpose: 'prefetch' },
  ])('a sign-out that %j caused signs nobody out', async (headers) => {
    const browser = await signedInBrowser(world);
    for (const method of ['GET', 'POST', 'HEAD'] as const) {
      const answer = await browser.visit(`${world.url}/logout`, {
        method,
        headers: headers as Record<string, string>,
        redirects: 0,
      });
      expect(answer.status).toBe(403);
    }
    expect((await browser.visit(`${world.url}/`)).text).toContain('adele.vance');
  });

  test('a visitor gets no cookie, and nothing is stored', async () => {
    const quiet = await openWorld();
    const home = await createBrowser().visit(`${quiet.url}/`);
    expect({
      status: home.status,
      cookie: home.headers['set-cookie'],
      kept: await quiet.records.count(),
    }).toEqual({
      status: 200,
      cookie: undefined,
      kept: 0,
    });
    await quiet.close();
  });
});

/** Goes through the emulator up to the redirect back to the app, and returns where that would lead. */
async function callbackOf(browser: Browser, where = world): Promise<string> {
  const picker = await browser.visit(`${where.url}/login`);
  return browser.pressUntilSentAway(picker, ['adele.vance', 'work'], ['accept']);
}
