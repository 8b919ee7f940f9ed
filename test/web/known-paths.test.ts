import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PATHS } from '../../src/web/index.ts';
import { createBrowser } from '../support/browser.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';
import { sendRaw } from '../threats/support/raw.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ID = '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01';
const KEY = 'a-session';
/** Every path of the app by what it takes. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  'GET, HEAD': [
    '/',
    '/login',
    '/language',
    '/appearance',
    '/permissions',
    '/sessions',
    '/graphcall',
    '/graphcall/suggest',
    '/graphcall/export',
    '/graphcall/export.csv',
    '/graphcall/export.json',
    '/graphcall/export/progress',
    `/graphcall/users/${ID}`,
    `/graphcall/users/${ID}/photo`,
    '/logout/frontchannel',
    '/healthz',
    '/readyz',
    '/style.css',
    '/copy.js',
    '/favicon.svg',
  ],
  GET: ['/getAToken'],
  'GET, POST': ['/logout'],
  POST: [
    '/logout/here',
    '/logout/everywhere',
    '/graphcall/export/cancel',
    '/sessions/others/end',
    `/sessions/${KEY}/end`,
  ],
};
const EVERY = Object.entries(TAKES).flatMap(([allowed, paths]) =>
  paths.map((path) => [path, allowed] as const),
);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY'];

const ask = (line: string) =>
  sendRaw(world.url, [`${line} HTTP/1.1`, 'Host: localhost', 'Content-Length: 0']);

test('every path of the app is tried', () => {
  const tried = EVERY.map(([path]) => path);
  const paths = Object.values(PATHS).map((path) => path.replace(':id', ID).replace(':key', KEY));
  expect(paths.filter((path) => !tried.includes(path))).toEqual([]);
});

describe('a path by another method', () => {
  test.each(EVERY)('%s answers 405 with what it takes: %s', async (path, allowed) => {
    for (const method of METHODS.filter((one) => !allowed.split(', ').includes(one))) {
      const answer = await ask(`${method} ${path}`);
      if (answer.status === 400) continue; // Node knows no such method
      expect([method, answer.status, answer.header('allow'), answer.header('cache-control')]).toEqual([
        method,
        405,
        allowed,
        'no-store',
      ]);
      expect(answer.header('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  test.each(EVERY)('%s says by OPTIONS what it takes: %s', async (path, allowed) => {
    const answer = await ask(`OPTIONS ${path}`);
    const own = answer
      .header('allow')
      ?.split(', ')
      .filter((method) => method !== 'HEAD');
    expect([[200, 204].includes(answer.status), own]).toEqual([
      true,
      allowed.split(', ').filter((method) => method !== 'HEAD'),
    ]);
    expect(answer.header('access-control-allow-origin')).toBeUndefined();
  });

  test('a path that is none answers 404 by every one', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE'])
      expect((await ask(`${method} /nowhere`)).status).toBe(404);
  });
});

describe('a path in another case or with a slash at its end', () => {
  const leads = async (line: string) => {
    const answer = await ask(line);
    return [answer.status, answer.header('location')];
  };

  test.each([
    ['/graphcall/', '/graphcall'],
    ['/GraphCall', '/graphcall'],
    ['/graphcall///', '/graphcall'],
    ['/graphcall/?search=a%26b&top=25', '/graphcall?search=a%26b&top=25'],
    ['/GRAPHCALL/EXPORT.CSV?search=%C3%A9', '/graphcall/export.csv?search=%C3%A9'],
    [`/graphcall/Users/${ID}/`, `/graphcall/users/${ID}`],
    [`/graphcall/users/${ID}/PHOTO/?initials=AV`, `/graphcall/users/${ID}/photo?initials=AV`],
    ['/Permissions/', '/permissions'],
    ['/LOGIN/?returnTo=/graphcall', '/login?returnTo=/graphcall'],
    ['/getatoken?code=x&state=y', '/getAToken?code=x&state=y'],
    ['/Logout', '/logout'],
    ['/STYLE.CSS', '/style.css'],
    ['/graphcall/?next=//evil.example', '/graphcall?next=//evil.example'],
    ['/graphcall/??', '/graphcall??'],
  ])('%s leads to %s', async (path, meant) => {
    expect(await leads(`GET ${path}`)).toEqual([302, meant]);
    if (!/^.(getAToken|logout)/.test(meant)) expect(await leads(`HEAD ${path}`)).toEqual([302, meant]);
  });

  test('leads a form there with what it posts', async () => {
    expect(await leads('POST /LOGOUT/')).toEqual([307, '/logout']);
    const browser = await signedInBrowser(world);
    const page = await browser.visit(`${world.url}/Logout/Here/`, { method: 'POST', redirects: 0 });
    expect([page.status, page.headers.location]).toEqual([307, '/logout/here']);
  });

  test('is no way around: by a method that the page does not take it is refused, and no other site signs out by it', async () => {
    expect(await leads('DELETE /GraphCall/')).toEqual([405, undefined]);
    expect(await leads('GET /LOGOUT/HERE')).toEqual([405, undefined]);
    const browser = await signedInBrowser(world);
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    const page = await browser.visit(`${world.url}/LOGOUT/`, { headers });
    expect([page.status, (await browser.visit(`${world.url}/`)).text.includes('Sign out')]).toEqual([
      403,
      true,
    ]);
  });

  test.each([
    '//evil.example/',
    '//evil.example//',
    '//graphcall/',
    '/\\evil.example/',
    '/%2Fevil.example/',
    '/graphcall/..//evil.example/',
    '/graphcall//evil.example/',
    '/evil.example/',
    '//',
    '/nowhere/',
    '/%67raphcall/',
    '/graphcall%2F',
  ])('%s is none, and leads nowhere', async (path) => {
    const [status, location] = await leads(`GET ${path}`);
    expect([[400, 404].includes(Number(status)), location]).toEqual([true, undefined]);
  });

  test.each([
    ['GET http://evil.example/GraphCall?a=b', '/graphcall?a=b'],
    ['GET /graphcall/users/evil.example/', '/graphcall/users/evil.example'],
    ['GET /graphcall/users/%2F%2Fevil.example/', '/graphcall/users/%2F%2Fevil.example'],
    ['GET /graphcall/users/@evil.example/photo/', '/graphcall/users/@evil.example/photo'],
    ['GET /graphcall/users/%0d%0aX:y/', '/graphcall/users/%0d%0aX:y'],
  ])('%s leads to no other host', async (line, meant) => {
    const [, location] = await leads(line);
    expect(location).toBe(meant);
    expect(new URL(String(location), world.url).origin).toBe(world.url);
  });

  test('is gone to in the end, signed in', async () => {
    const browser = await signedInBrowser(world);
    const page = await browser.visit(`${world.url}/GraphCall/?search=adele`);
    expect([page.status, page.url]).toEqual([200, `${world.url}/graphcall?search=adele`]);
    expect((await createBrowser().visit(`${world.url}/Healthz/`)).status).toBe(200);
  });
});

test('another redirect path is known as well', async () => {
  const other = await openWorld({ config: { redirectPath: '/auth/Back' } });
  const answers = await Promise.all(
    (['POST', 'GET'] as const).map((method) =>
      createBrowser().visit(`${other.url}/auth/Back${method === 'GET' ? '/?error=x' : ''}`, {
        method,
        redirects: 0,
      }),
    ),
  );
  await other.close();
  expect(answers.map(({ status, headers }) => [status, headers.allow ?? headers.location])).toEqual([
    [405, 'GET'],
    [302, '/auth/Back?error=x'],
  ]);
});
