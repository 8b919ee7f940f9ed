import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { takingAway } from '../support/below-a-path.ts';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { fault } from '../support/stage.ts';
import { openWorld, signedInBrowser, signIn, type World } from '../support/world.ts';

const BASE = '/our/people';
const PAGES = [
  '/',
  '/graphcall',
  '/graphcall?top=all',
  '/graphcall/export',
  '/permissions',
  '/sessions',
  '/nothing-here',
];

const addressesOf = ({ html }: Page): string[] => {
  const $ = load(html);
  return ['href', 'src', 'action'].flatMap((name) =>
    $(`[${name}]`)
      .toArray()
      .map((element) => $(element).attr(name) ?? '')
      .filter((address) => address.startsWith('/')),
  );
};

const places = [
  ['with a proxy that takes the path away', takingAway(BASE)],
  ['with one that leaves it', undefined],
] as const;

describe.each(places)('the whole app below a path, %s', (_where, proxy) => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await openWorld({ basePath: BASE, ...(proxy === undefined ? {} : { proxy }) });
    browser = await signedInBrowser(world);
  });
  afterAll(() => world.close());

  test('goes through a sign-in below it, and back to the page', async () => {
    const page = await signIn(createBrowser(), world, ['work'], '/graphcall?search=a');
    expect({ url: page.url, status: page.status }).toEqual({
      url: `${world.url}/graphcall?search=a`,
      status: 200,
    });
    expect(await world.received('/authorize')).not.toEqual([]);
  });

  test.each(PAGES)('%s names no address outside of it, and each that it names is there', async (path) => {
    const page = await browser.visit(`${world.url}${path}`);
    const addresses = addressesOf(page);
    expect(addresses.length).toBeGreaterThan(5);
    expect(addresses.filter((address) => !address.startsWith(`${BASE}/`))).toEqual([]);
    const some = [...new Set(addresses)]
      .filter((address) => !/export|photo|log(in|out)|language|appearance|users\/|\/end$/.test(address))
      .slice(0, 12);
    for (const address of some) {
      const { status } = await browser.visit(`${new URL(world.url).origin}${address}`);
      expect([address, address.endsWith(path) ? 200 : status]).toEqual([address, 200]);
    }
  });

  test('leads below it from other cases, switches and sign-outs, whatever way back is named', async () => {
    const leads = async (path: string, method: 'GET' | 'POST' = 'GET', from = browser.copy()) =>
      (await from.visit(`${world.url}${path}`, { method, redirects: 0 })).headers.location;
    expect([
      await leads('/GraphCall/'),
      await leads('/logout/here/', 'POST'),
      await leads('/language?to=nl&returnTo=/permissions'),
      await leads(`/appearance?to=dark&returnTo=${BASE}/permissions`),
      await leads('/graphcall', 'GET', createBrowser()),
    ]).toEqual([
      `${BASE}/graphcall`,
      `${BASE}/logout/here`,
      `${BASE}/permissions`,
      `${BASE}/permissions`,
      `${BASE}/login?returnTo=%2Four%2Fpeople%2Fgraphcall`,
    ]);
    const out = await leads('/logout');
    expect(new URL(out ?? '').searchParams.get('post_logout_redirect_uri')).toBe(`${world.url}/`);
  });

  test('has a frame there by which the platform signs people out', async () => {
    fault(world, { at: 'token', fault: { kind: 'id-token', claims: { sid: 'below-a-path' } } });
    const person = await signedInBrowser(world);
    const isIn = async () => (await person.visit(`${world.url}/sessions`, { redirects: 0 })).status === 200;
    expect(await isIn()).toBe(true);
    const frame = await createBrowser().visit(`${world.url}/logout/frontchannel?sid=below-a-path`, {
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect([frame.status, await isIn()]).toEqual([200, false]);
  });

  test('gives its cookies to nobody else on the host', async () => {
    const visitor = createBrowser();
    const lines: string[] = [];
    for (const path of ['/login', '/language?to=de', '/appearance?to=dark']) {
      const page = await visitor.visit(`${world.url}${path}`, { redirects: 0 });
      lines.push(...(page.headers['set-cookie'] ?? []));
    }
    const out = await browser.copy().visit(`${world.url}/logout/here`, { method: 'POST', redirects: 0 });
    lines.push(...(out.headers['set-cookie'] ?? []));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => !line.includes(`; Path=${BASE}`))).toEqual([]);
  });

  test('names its files and its redirect URI by their whole address', async () => {
    const file = await browser.visit(`${world.url}/graphcall/export.csv`);
    expect([file.status, file.html.split('\n').length > 200]).toEqual([200, true]);
    world.emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 50011 } });
    const failed = await signIn(createBrowser(), world);
    expect(failed.text).toContain(`${world.url}/getAToken`);
    world.emulator.clearFaults();
  });
});

test('over https the cookies are tied to the host, and where it is shared, to https', async () => {
  const names = async (config: { baseUrl: string }) => {
    const world = await openWorld({ config });
    const page = await createBrowser().visit(`${world.url}/language?to=de`, { redirects: 0 });
    const begun = await createBrowser().visit(`${world.url}/login`, { redirects: 0 });
    await world.close();
    return [page, begun].flatMap(({ headers }) => headers['set-cookie'] ?? []);
  };
  const alone = await names({ baseUrl: 'https://app.example' });
  const shared = await names({ baseUrl: 'https://app.example/people' });
  expect(alone.map((line) => /^__Host-.*; Path=\/;/.test(line))).toEqual([true, true]);
  expect(shared.map((line) => /^__Secure-.*; Path=\/people;.*Secure/.test(line))).toEqual([true, true]);
});
