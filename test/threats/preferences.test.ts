import { describe, expect, test } from '@jest/globals';
import { createBrowser } from '../support/browser.ts';
import { HOSTILE_TARGETS } from '../support/hostile-targets.ts';
import { inParallel, useWorld } from '../support/stage.ts';
import { bytes, encoded, leadsFrom, RAW_TARGETS } from './support/leading.ts';
import { callbackOf, knownBrowser } from './support/outcome.ts';
import { sendRaw } from './support/raw.ts';

const world = useWorld();
const own = useWorld({ config: { redirectPath: '/auth/Redirect' } });

describe('the choice of a language leads', () => {
  test('F37 nowhere else', async () => {
    const ends = await inParallel(HOSTILE_TARGETS, 10, async (target) => {
      const page = await createBrowser().visit(`${world().url}/language?to=nl&returnTo=${encoded(target)}`, {
        redirects: 0,
      });
      return `${page.status} ${leadsFrom(world().url, page.headers.location)}`;
    });
    expect(new Set(ends)).toEqual(new Set(['302 here']));
  });

  test('F37 nowhere else, written raw', async () => {
    const ends = await inParallel(RAW_TARGETS, 10, async (target) => {
      const answer = await sendRaw(world().url, [
        `GET /language?to=nl&returnTo=${bytes(target)} HTTP/1.1`,
        'Host: localhost',
      ]);
      return answer.status === 400 ? 'refused' : leadsFrom(world().url, answer.header('location'));
    });
    expect(ends.filter((end) => !['here', 'refused'].includes(end))).toEqual([]);
  });

  test('F37 to no redirect path', async () => {
    const path = `/language?to=nl&returnTo=${encodeURIComponent('/auth/Redirect?code=x')}`;
    const page = await createBrowser().visit(`${own().url}${path}`, { redirects: 0 });
    expect(page.headers.location).toBe('/');
  });

  test('F37 nobody who signs in', async () => {
    const browser = await knownBrowser(world());
    const callback = await callbackOf(
      browser,
      world(),
      `/login?returnTo=${encodeURIComponent('/language?to=nl')}`,
    );
    expect((await browser.visit(callback, { redirects: 0 })).headers.location).toBe('/');
  });
});
