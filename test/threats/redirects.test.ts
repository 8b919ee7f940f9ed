import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { createBrowser } from '../support/browser.ts';
import { HOSTILE_TARGETS } from '../support/hostile-targets.ts';
import { inParallel, useWorld } from '../support/stage.ts';
import { bytes, endsAfterSignIn, endsWhereAsked, leadsFrom, RAW_TARGETS } from './support/leading.ts';
import { ADELE, callbackOf, knownBrowser, signedIn } from './support/outcome.ts';
import { sendRaw } from './support/raw.ts';

const world = useWorld();

/** The targets are a table of beginnings and hosts: so each beginning is taken, and each host. `test:heavy` takes all. */
const everySeventh = (targets: readonly string[]) => targets.filter((_target, index) => index % 7 === 0);
const leads = (location: string | undefined) => leadsFrom(world().url, location);

describe('nothing that a link says leads away from the app', () => {
  test('F37 the collection is large, and has no two alike', () => {
    expect(new Set(HOSTILE_TARGETS).size).toBeGreaterThanOrEqual(200);
  });

  test('F37 after a sign-in', async () => {
    const ends = await endsAfterSignIn(world(), everySeventh(HOSTILE_TARGETS));
    expect(new Set(ends)).toEqual(new Set(['302 here']));
  });

  test('F37 after a sign-in that a page itself began: the address asked for is the payload', async () => {
    const ends = await endsWhereAsked(world(), everySeventh(RAW_TARGETS));
    expect(new Set(ends)).toEqual(new Set(['here', '400']));
  });

  test('F37 written raw behind /login?returnTo=', async () => {
    const ends = await inParallel(RAW_TARGETS, 10, async (target) => {
      const answer = await sendRaw(world().url, [
        `GET /login?returnTo=${bytes(target)} HTTP/1.1`,
        'Host: localhost',
      ]);
      return answer.status === 400 ? 'refused' : toAuthority(answer.header('location'));
    });
    expect(ends.filter((end) => !['refused', 'to the authority'].includes(end))).toEqual([]);
  });

  test('F38 as the address itself, signed out: no redirect away, and no link away on the page', async () => {
    const ends = await inParallel(RAW_TARGETS, 10, async (target) => {
      const path = /^[/h]/i.test(target) ? target : `/${target}`;
      const answer = await sendRaw(world().url, [`GET ${bytes(path)} HTTP/1.1`, 'Host: localhost']);
      return [leads(answer.header('location')), ...linksOf(answer.body).map(leads)].filter((end) =>
        /away|junk/.test(end),
      );
    });
    expect(ends.flat()).toEqual([]);
  });

  test.each([
    'GET //evil.example/graphcall HTTP/1.1',
    'GET /\\evil.example/graphcall HTTP/1.1',
    'GET http://evil.example/graphcall HTTP/1.1',
    'GET http://evil.example//evil.example/ HTTP/1.1',
    'GET https://evil.example HTTP/1.1',
    'GET //evil.example/%2e%2e HTTP/1.1',
    'GET /graphcall//evil.example HTTP/1.1',
    'GET /graphcall/..//evil.example HTTP/1.1',
    'GET /graphcall?//evil.example HTTP/1.1',
    'GET //login?returnTo=//evil.example HTTP/1.1',
    'GET http://evil.example/login?returnTo=/graphcall HTTP/1.1',
  ])('F38 %s', async (line) => {
    const answer = await sendRaw(world().url, [line, 'Host: evil.example']);
    const location = answer.header('location');
    expect([200, 302, 400, 404]).toContain(answer.status);
    expect(location?.startsWith(world().emulator.baseUrl) || leads(location) !== 'away').toBe(true);
    expect(`${location} ${linksOf(answer.body).join(' ')}`).not.toMatch(
      /evil\.example(?!%2F|$)\S*login|\/\/evil/,
    );
    expect(location ?? '').not.toMatch(/redirect_uri=[^&]*evil/);
  });

  test('F37 a path of this app is gone back to, with its query', async () => {
    for (const target of [
      '/graphcall?top=5',
      '/graphcall?top=5&cursor=a%2Bb',
      '/?a=//evil.example',
      '/graphcall#//x',
    ]) {
      const browser = await knownBrowser(world());
      const callback = await callbackOf(browser, world(), `/login?returnTo=${encodeURIComponent(target)}`);
      const page = await browser.visit(callback, { redirects: 0 });
      expect(page.headers.location).toBe(target);
    }
  });

  test('F37 a long path in letters that addresses have to spell out fits its cookie, or is left out', async () => {
    for (const letter of ['é', '語', '🙂', '%', '"', '+']) {
      const target = `/graphcall?search=${letter.repeat(1_000)}`;
      const browser = await knownBrowser(world());
      const left = await browser.visit(`${world().url}/login?returnTo=${encodeURIComponent(target)}`, {
        redirects: 0,
      });
      for (const line of left.headers['set-cookie'] ?? []) {
        expect(line.split(';', 1)[0]?.length).toBeLessThan(4_096);
      }
      const answered = await browser.visit(left.headers.location ?? '', { redirects: 0 });
      const page = await browser.visit(answered.headers.location ?? '', { redirects: 0 });
      expect(page.status).toBe(302);
    }
  });

  test.each([
    'returnTo=/a&returnTo=//evil.example',
    'returnTo[]=//evil.example',
    'returnTo[a]=//evil.example',
    'returnTo=',
    'returnto=//evil.example',
  ])('F37 %s leads home', async (query) => {
    const browser = await knownBrowser(world());
    const page = await browser.visit(await callbackOf(browser, world(), `/login?${query}`), { redirects: 0 });
    expect(page.headers.location).toBe('/');
  });

  test('F37 no page that does something is gone back to', async () => {
    const own = [
      '/login',
      '/logout',
      '/LOGOUT',
      '/logout/',
      '/logout/everywhere',
      '/getAToken?code=x',
      '/./logout',
      '/a/../logout',
      '/%2e/logout',
    ];
    for (const target of own) {
      const browser = await knownBrowser(world());
      const callback = await callbackOf(browser, world(), `/login?returnTo=${encodeURIComponent(target)}`);
      expect((await browser.visit(callback, { redirects: 0 })).headers.location).toBe('/');
    }
  });
});

describe('a redirect path of one’s own', () => {
  const own = useWorld({ config: { redirectPath: '/auth/Redirect' } });

  test('F37 is no page to go back to, and what came to it stands on no page', async () => {
    const browser = await knownBrowser(own());
    const callback = new URL(await callbackOf(browser, own()));
    const code = callback.searchParams.get('code') ?? 'x';
    const page = await createBrowser().visit(callback.href);
    expect([page.status, page.html.includes(code), page.html.includes('Redirect%3Fcode')]).toEqual([
      400,
      false,
      false,
    ]);
    const next = await browser.visit(
      `${own().url}/login?returnTo=${encodeURIComponent('/auth/Redirect?code=x')}`,
      { redirects: 0 },
    );
    const sent = await browser.visit(next.headers.location ?? '', { redirects: 0 });
    const end = await browser.visit(sent.headers.location ?? '', { redirects: 0 });
    expect(end.headers.location).toBe('/');
  });

  test('F37 signs people in', async () => {
    expect((await (await signedIn(own())).visit(`${own().url}/`)).text).toContain(ADELE);
  });
});

function toAuthority(location: string | undefined): string {
  const isThere = location?.startsWith(`${world().emulator.baseUrl}/common/oauth2/v2.0/authorize?`) ?? false;
  const redirectUri = isThere ? new URL(location ?? '').searchParams.get('redirect_uri') : '';
  return isThere && redirectUri === `${world().url}/getAToken`
    ? 'to the authority'
    : `elsewhere: ${location}`;
}

function linksOf(html: string): string[] {
  const $ = load(html);
  return $('[href], [action], [src]')
    .toArray()
    .map((element) => $(element).attr('href') ?? $(element).attr('action') ?? $(element).attr('src') ?? '')
    .filter((link) => link !== '');
}
