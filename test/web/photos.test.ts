import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import request from 'supertest';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

let world: World;
let browser: Browser;
let ids: string[];

beforeAll(async () => {
  world = await openWorld();
  browser = await signedInBrowser(world);
});
beforeEach(async () => {
  await world.emulator.reset();
  browser = await signedInBrowser(world);
  ids = idsOn(await browser.visit(`${world.url}/graphcall`));
});
afterAll(() => world.close());

const idsOn = ({ html }: Page): string[] => {
  const $ = load(html);
  return $('tbody img')
    .map((_index, image) => /users\/([^/]+)\/photo/.exec($(image).attr('src') ?? '')?.[1])
    .get();
};
const photoUrl = (id = ids[0], query = '?initials=AV'): string =>
  `${world.url}/graphcall/users/${id}/photo${query}`;
const fetchPhoto = async (url = photoUrl()) => {
  const answer = await request(url)
    .get('')
    .set('Cookie', browser.cookieHeader(world.url))
    .redirects(0)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    })
    .ok(() => true);
  const bytes = answer.body as Buffer;
  return { status: answer.status, headers: answer.headers, bytes, type: answer.headers['content-type'] };
};
/** Where the photo of somebody who has one is. */
const withPhoto = async () => {
  for (const id of ids) if ((await fetchPhoto(photoUrl(id))).type === 'image/jpeg') return photoUrl(id);
  throw new Error('nobody has a photo');
};
/** Where Graph was asked for photos at last. */
const lastAsked = async (number: number) =>
  (await world.received('/photo')).slice(-number).map(({ path }) => path.replace(/.*users\/[^/]+/, ''));
const givesInitials = (fault: object): Promise<void> => world.fault({ at: 'photo', times: 'always', fault });

describe('photos in the list', () => {
  test('are loaded when they come near, in a place kept for them, and said by nobody', async () => {
    const page = await browser.visit(`${world.url}/graphcall`);
    expect(load(page.html)('tbody img').first().attr()).toMatchObject({
      loading: 'lazy',
      alt: '',
      src: expect.stringMatching(/^\/graphcall\/users\/[0-9a-f-]{36}\/photo\?initials=/),
    });
  });

  test('are photos or initials, private, for a day, and can do nothing', async () => {
    const photos = await Promise.all(ids.map((id) => fetchPhoto(photoUrl(id))));
    expect(new Set(photos.map(({ type }) => type))).toEqual(
      new Set(['image/jpeg', 'image/svg+xml; charset=utf-8']),
    );
    for (const { status, headers } of photos) {
      expect({ status, ...headers }).toMatchObject({
        status: 200,
        'cache-control': 'private, max-age=86400',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
    }
  });
});

describe('a photo', () => {
  test.each([
    ['throttled', { kind: 'status', status: 429, headers: { 'Retry-After': '60' } }],
    ['a failure', { kind: 'status', status: 500 }],
    ['refused', { kind: 'status', status: 403, body: {} }],
    ['a challenge', { kind: 'claims-challenge' }],
    ['no picture', { kind: 'status', status: 200, body: '<script>alert(1)</script>' }],
    ['an SVG', { kind: 'status', status: 200, body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }],
    ['far too large', { kind: 'flood', bytes: 300 * 1024 }],
    ['a redirect', { kind: 'redirect', location: 'https://evil.example/x.jpg' }],
    ['cut off', { kind: 'reset' }],
  ])('that is %s becomes initials for a minute', async (_name, fault) => {
    await givesInitials(fault);
    const { status, headers, bytes } = await fetchPhoto();
    expect({ status, cache: headers['cache-control'], text: bytes.toString() }).toEqual({
      status: 200,
      cache: 'private, max-age=60',
      text: expect.stringMatching(/^<svg .*>AV<\/text><\/svg>$/),
    });
  });

  test('of another size than the smallest is shown as well', async () => {
    const none = { kind: 'status', status: 404, body: { error: { code: 'ImageNotFound' } } };
    const url = await withPhoto();
    await world.fault({ at: 'photo', times: 1, fault: none });
    expect((await fetchPhoto(url)).type).toBe('image/jpeg');
    expect(await lastAsked(2)).toEqual(['/photos/48x48/$value', '/photo/$value']);
  });

  test('is asked for large enough for a page about one person, and in no size that an address makes up', async () => {
    const url = new URL(await withPhoto());
    const person = load((await browser.visit(url.href.replace(/\/photo.*/, ''))).html);
    const src = person('.portrait.large img').attr('src') ?? '';
    await fetchPhoto(`${world.url}${src}`);
    for (const size of ['9999', '240x1', '']) await fetchPhoto(`${url.href}&size=${size}`);
    const small = '/photos/48x48/$value';
    expect(await lastAsked(4)).toEqual(['/photos/240x240/$value', small, small, small]);
  });

  test('that nobody has is asked for by the name, where the address does not say the initials', async () => {
    const photos = await Promise.all(ids.slice(0, 20).map((id) => fetchPhoto(photoUrl(id, ''))));
    const drawn = photos.filter(({ type }) => type?.startsWith('image/svg'));
    expect(drawn.length).toBeGreaterThan(0);
    for (const { bytes } of drawn) expect(bytes.toString()).toMatch(/>[\p{L}\p{M}]{1,8}<\/text>/u);
  });

  test.each(['<script>', '"><x', '&amp;', 'AAAAAAAAA', '', 'A B'])(
    'shows no initials that nobody has: %j',
    async (initials) => {
      await givesInitials({ kind: 'status', status: 500 });
      const { bytes } = await fetchPhoto(photoUrl(ids[0], `?${new URLSearchParams({ initials })}`));
      expect(bytes.toString()).toContain('></text>');
    },
  );

  test('is of a person, in the same colour every time', async () => {
    await givesInitials({ kind: 'status', status: 404, body: {} });
    const [one, again] = [await fetchPhoto(), await fetchPhoto()];
    expect(one.bytes).toEqual(again.bytes);
  });

  test.each([
    'x',
    '..%2F..%2Fme',
    '0b7f6a52-1f0e-4a53-9a0c-2a3f4d5e6f70%2F..',
    '%00',
    "'",
    '0b7f6a52',
    'adele.vance@contoso.example',
    '%E0%A4%A',
  ])('of %s is none, and Graph is not asked', async (id) => {
    const { status } = await fetchPhoto(photoUrl(id));
    expect([400, 404]).toContain(status);
    expect(await world.received('/photo')).toEqual([]);
  });

  test('is nothing for visitors, and no sign-in begins for it', async () => {
    const answer = await createBrowser().visit(photoUrl(), { redirects: 0 });
    expect({ status: answer.status, cookies: answer.headers['set-cookie'] }).toEqual({
      status: 401,
      cookies: undefined,
    });
  });

  test('is fetched a few at a time, however many a page asks for', async () => {
    await world.fault({ at: 'photo', times: 8, fault: { kind: 'delay', ms: 300 } });
    const started = performance.now();
    const photos = await Promise.all(ids.slice(0, 8).map((id) => fetchPhoto(photoUrl(id))));
    expect(photos.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(performance.now() - started).toBeGreaterThan(590);
  });
});
