import { describe, expect, test } from '@jest/globals';
import { ADELE, signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

const SWITCHES = [en.layout.language, en.layout.appearance];

describe.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('$script', ({ javaScriptEnabled }) => {
  test.each([
    { path: '/', who: undefined, heading: en.welcome.heading },
    { path: '/nowhere', who: undefined, heading: en.failures.not_found.heading },
    { path: '/', who: WORK, heading: en.home.heading, navigation: [en.layout.navigation], search: 1 },
    {
      path: '/graphcall?search=a&top=2',
      who: WORK,
      heading: /^\d+ people match “\u2068a\u2069”$/,
      navigation: [en.layout.navigation, en.users.pages],
      search: 1,
    },
    {
      path: `/graphcall/users/${ADELE.id}`,
      who: WORK,
      heading: ADELE.name,
      navigation: [en.layout.navigation],
    },
    {
      path: '/permissions',
      who: WORK,
      heading: en.permissions.pageHeading,
      navigation: [en.layout.navigation],
    },
    {
      path: '/graphcall/export',
      who: WORK,
      heading: en.export.pageHeading,
      navigation: [en.layout.navigation],
    },
  ])('$path says in its title and landmarks what it is ($who)', async (given) => {
    const { path, who, heading, navigation = [], search = 0 } = given;
    const page = await chromium.newPage({ javaScriptEnabled });
    if (who !== undefined) await signInAs(page, world(), who);
    await page.goto(`${world().url}${path}`);
    const headings = await page.getByRole('main').getByRole('heading', { level: 1 }).allTextContents();
    expect({
      headings,
      title: await page.title(),
      navigation: await page
        .locator('nav')
        .evaluateAll((parts: { ariaLabel: string | null }[]) => parts.map(({ ariaLabel }) => ariaLabel)),
      search: await page.getByRole('search').count(),
      others: [await page.getByRole('banner').count(), await page.getByRole('contentinfo').count()],
    }).toEqual({
      headings: [expect.stringMatching(heading)],
      title: `${headings[0]} – ${en.app.name}`,
      // The switches stand in the header's menu.
      navigation: [...navigation.slice(0, 1), ...SWITCHES, ...navigation.slice(1)],
      search,
      others: [1, 1],
    });
  });
});
