import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPseudonyms } from '../../src/sessions/index.ts';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { openWorld, signedInBrowser, signIn, type World } from '../support/world.ts';
import { ADELE } from '../threats/support/outcome.ts';

const SECRET = 'a-session-secret-of-the-log-0123456789-abc';

interface Line {
  req: { id: string; method: string; route: string };
  person?: { id: string; name: string };
}

let world: World;
let adele: { id: string; name: string };
let objectId: string;
beforeAll(async () => {
  world = await openWorld({ config: { sessionSecrets: [SECRET] } });
  objectId = world.emulator.accounts.find(({ username }) => username === ADELE)?.objectId ?? '';
  const pseudonyms = createPseudonyms([SECRET]);
  adele = { id: pseudonyms.ofObjectId(objectId), name: pseudonyms.ofUsername(ADELE) };
});
beforeEach(() => world.emulator.clearFaults());
afterAll(() => world.close());

async function lineOf(page: Page): Promise<Line> {
  const id = page.headers['x-correlation-id'];
  const found = () =>
    world.log.find(({ req }) => (req as Line['req'] | undefined)?.id === id) as Line | undefined;
  await until(() => found() !== undefined);
  return found() as Line;
}

const ask = (browser: Browser, path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
  browser.visit(`${world.url}${path}`, { method, redirects: 0 });

describe('the log says what was asked for, and not about whom', () => {
  const ID = '5eed0000-0000-4000-8000-00000000cafe';
  test.each<['GET' | 'POST' | 'DELETE', string, string]>([
    ['GET', '/', '/'],
    ['GET', '/healthz', '/healthz'],
    ['GET', '/readyz', '/readyz'],
    ['GET', '/style.css?v=1', '/style.css'],
    ['GET', '/login?login_hint=somebody@contoso.example', '/login'],
    ['GET', '/getAToken?code=x&state=y', '/getAToken'],
    ['GET', '/logout', '/logout'],
    ['POST', '/logout/here', '/logout/here'],
    ['POST', '/logout/everywhere', '/logout/everywhere'],
    ['GET', '/logout/frontchannel?sid=a-session', '/logout/frontchannel'],
    ['GET', '/language?to=nl', '/language'],
    ['GET', '/appearance?to=dark', '/appearance'],
    ['GET', '/permissions', '/permissions'],
    ['GET', '/graphcall?search=Megan', '/graphcall'],
    ['GET', '/graphcall/export?search=Megan', '/graphcall/export'],
    ['GET', '/graphcall/export.csv?search=Megan', '/graphcall/export.csv'],
    ['GET', '/graphcall/export.json', '/graphcall/export.json'],
    ['GET', '/graphcall/export/progress?follow=1', '/graphcall/export/progress'],
    ['POST', '/graphcall/export/cancel?follow=1', '/graphcall/export/cancel'],
    ['GET', `/graphcall/users/${ID}`, '/graphcall/users/:id'],
    ['GET', `/graphcall/users/${ID}/photo`, '/graphcall/users/:id/photo'],
    ['GET', '/graphcall/users/megan.bowen@contoso.example', '/graphcall/users/:id'],
    ['DELETE', `/graphcall/users/${ID}`, '/graphcall/users/:id'],
    ['POST', `/graphcall/users/${ID}/photo/`, '/graphcall/users/:id/photo'],
    ['GET', `/graphcall/users/${ID}/manager`, '/graphcall/users/*/*'],
    ['GET', '/people/megan.bowen@contoso.example', '/*/*'],
    ['GET', '/Megan%20Bowen', '/*'],
  ])('%s %s is %s', async (method, path, route) => {
    const browser = await signedInBrowser(world);
    const line = await lineOf(await ask(browser, path, method));
    expect(line.req).toEqual({ id: expect.any(String), method, route });
    expect(JSON.stringify(world.log)).not.toMatch(/cafe|megan/i);
  });

  test('a page about somebody that fails says nothing about them either', async () => {
    const browser = await signedInBrowser(world);
    world.emulator.addFault({
      at: 'users',
      times: 'always',
      fault: { kind: 'status', status: 500, body: {} },
    });
    for (const path of [`/graphcall/users/${ID}`, `/graphcall/users/${ID}/photo`])
      await lineOf(await ask(browser, path));
    expect(JSON.stringify(world.log)).not.toMatch(/cafe/);
  });
});

describe('the log says who asked, by a pseudonym', () => {
  test('of every request of theirs, from the one that signs in to the one that signs out', async () => {
    const browser = createBrowser();
    const before = world.log.length;
    await signIn(browser, world);
    await ask(browser, '/graphcall/export.csv');
    await ask(browser, '/nowhere');
    const out = await ask(browser, '/logout');
    await lineOf(out);
    const lines = world.log.slice(before) as unknown as Line[];
    const people = (route: string) =>
      lines.filter(({ req }) => req.route === route).map(({ person }) => person);
    expect([people('/login'), people('/getAToken'), people('/graphcall/export.csv'), people('/*')]).toEqual([
      [undefined],
      [adele],
      [adele],
      [adele],
    ]);
    expect(people('/logout')).toEqual([adele]);
    expect((await lineOf(await ask(browser, '/'))).person).toBeUndefined();
  });

  test('which names nobody to whoever has no secret', async () => {
    await lineOf(await ask(await signedInBrowser(world), '/graphcall'));
    const log = JSON.stringify(world.log);
    expect(log).toContain(adele.id);
    for (const name of [ADELE, 'Adele', objectId, SECRET]) expect(log).not.toContain(name);
    const others = createPseudonyms(['another-session-secret-0123456789-abcdef']);
    expect(others.ofObjectId(objectId)).not.toBe(adele.id);
    expect(adele.id).not.toBe(adele.name);
  });

  test('and not of visitors, whatever they claim to be', async () => {
    const browser = createBrowser();
    browser.setCookie(world.url, 'session', `s:${objectId}.forged`);
    const line = await lineOf(await ask(browser, `/login?login_hint=${ADELE}`));
    expect(line.person).toBeUndefined();
  });
});
