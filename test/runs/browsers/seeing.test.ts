import { describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { initialsOf } from '../../../src/web/layout/initials.ts';
import { ADELE, signInAs, WORK } from '../../browser/people.ts';
import { pressAndHear } from '../../browser/press.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const COPY_LABELS = [
  en.person.copyMail,
  en.person.copyUsername,
  en.person.copyGivenName,
  en.person.copySurname,
  en.person.copyId,
];
const FACTS = [WORK, WORK, 'Adele', 'Vance', ADELE.id];
/** What the app asks Graph for in a list, in pixels; a picture of initials has the same size. */
const PHOTO_WIDTH = 48;

const chromium = useChromium();
const world = useWorld();

/** A picture as the browser got and drew it. */
interface Drawn {
  type: string | undefined;
  width: number;
  /** What is written in it; empty for a photo. */
  text: string;
}

/** What is asked of an image in the page. */
interface ImageElement {
  complete: boolean;
  naturalWidth: number;
  currentSrc: string;
}

/** Notes every picture that a page loads, and looks one up by the place where it is shown. */
function watchPictures(page: Page): (image: Locator) => Promise<Drawn> {
  const arrived = new Map<string, { type: string | undefined; text: Promise<string> }>();
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'image') return;
    const type = response.headers()['content-type']?.split(';')[0];
    const text = type === 'image/svg+xml' ? response.text() : Promise.resolve('');
    arrived.set(response.url(), { type, text });
  });
  return async (image) => {
    await image.scrollIntoViewIfNeeded();
    const look = () =>
      image.evaluate(({ complete, naturalWidth, currentSrc }: ImageElement) => ({
        isDrawn: complete && naturalWidth > 0,
        width: naturalWidth,
        url: currentSrc,
      }));
    await until(async () => (await look()).isDrawn);
    const { url, width } = await look();
    const [, text = ''] = /<text[^>]*>([^<]*)</.exec((await arrived.get(url)?.text) ?? '') ?? [];
    return { type: arrived.get(url)?.type, width, text };
  };
}

const labelsOf = (buttons: Locator): Promise<(string | null)[]> =>
  buttons.evaluateAll((all: { ariaLabel: string | null }[]) => all.map(({ ariaLabel }) => ariaLabel));

describe.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('$script', ({ javaScriptEnabled }) => {
  const visitor = () => chromium.newPage({ javaScriptEnabled });

  test('a face is shown where there is a photo, and initials where there is none', async () => {
    const page = await visitor();
    const pictureIn = watchPictures(page);
    await signInAs(page, world(), WORK, '/graphcall?top=25');
    const links = await page.getByRole('rowheader').getByRole('link').all();
    const inList = [];
    for (const link of links)
      inList.push({ name: await link.textContent(), ...(await pictureIn(link.locator('img'))) });
    const withPhoto = inList.filter(({ type }) => type === 'image/jpeg');
    const without = inList.filter(({ type }) => type !== 'image/jpeg');
    const photo = { type: 'image/jpeg', width: PHOTO_WIDTH, text: '' };
    expect(withPhoto).toEqual(withPhoto.map(({ name }) => ({ ...photo, name })));
    expect(without).toEqual(
      without.map(({ name }) => ({
        name,
        type: 'image/svg+xml',
        width: PHOTO_WIDTH,
        text: initialsOf(name ?? ''),
      })),
    );
    expect([withPhoto.length > 0, without.length > 0]).toEqual([true, true]);
    const name = withPhoto[0]?.name ?? '';
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    const portrait = page.getByRole('main').locator('img');
    const { type, width } = await pictureIn(portrait);
    const shownAt = (await portrait.boundingBox())?.width ?? 0;
    // A screen may have two pixels for each of the page's.
    expect({ type, shownAt, isSharp: width >= 2 * shownAt }).toEqual({
      type: 'image/jpeg',
      shownAt: 96,
      isSharp: true,
    });
  });

  test('a person’s own page says who they are, and links lead to their mail and their chat', async () => {
    const page = await visitor();
    await signInAs(page, world(), WORK, '/graphcall?search=adele');
    const targetOf = (scope: Locator, name: string) =>
      scope.getByRole('link', { name, exact: true }).getAttribute('href');
    const row = page.getByRole('row').filter({ hasText: ADELE.name });
    const listMail = await targetOf(row, WORK);
    await row.getByRole('link', { name: ADELE.name }).click();
    await page.getByRole('heading', { level: 1, name: ADELE.name }).waitFor();
    const main = page.getByRole('main');
    expect({
      path: new URL(page.url()).pathname,
      facts: await main.locator('dd > :is([dir=auto], code)').allTextContents(),
      mail: [listMail, await targetOf(main, en.person.write)],
      chat: await targetOf(main, en.person.chat),
      buttons: await labelsOf(main.getByRole('button')),
    }).toEqual({
      path: `/graphcall/users/${ADELE.id}`,
      facts: FACTS,
      mail: [`mailto:${WORK}`, `mailto:${WORK}`],
      chat: `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(WORK)}`,
      buttons: javaScriptEnabled ? COPY_LABELS : [],
    });
  });
});

test('each fact of a person is copied by a press, which is said to those who listen', async () => {
  const profile = await chromium.newProfile({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await profile.newPage();
  await signInAs(page, world(), WORK, `/graphcall/users/${ADELE.id}`);
  const facts = page.getByRole('main').getByRole('definition');
  const copied: string[] = [];
  for (const [index, label] of COPY_LABELS.entries()) {
    const fact = facts.nth(index);
    await pressAndHear(
      fact.getByRole('button', { name: label }),
      fact.getByRole('status').filter({ hasText: en.actions.copied }),
    );
    copied.push(await page.evaluate<string>('navigator.clipboard.readText()'));
  }
  expect(copied).toEqual(FACTS);
});
