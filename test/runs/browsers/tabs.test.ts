import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pressAccount, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { openWorld, type World } from '../../support/world.ts';

const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('ten tabs that sign in at once in one browser all finish, each on its own page', async () => {
  const profile = await chromium.newProfile();
  const sizes = Array.from({ length: 10 }, (_value, index) => index + 1);
  const tabs = await Promise.all(sizes.map(() => profile.newPage()));
  await Promise.all(tabs.map((tab, index) => tab.goto(`${world.url}/graphcall?top=${sizes[index]}`)));
  await Promise.all(tabs.map(finish));
  const shown = await Promise.all(
    tabs.map(async (tab) => ({ url: tab.url(), people: await tab.getByRole('rowheader').count() })),
  );
  expect(shown).toEqual(sizes.map((top) => ({ url: `${world.url}/graphcall?top=${top}`, people: top })));
});

async function finish(tab: Page): Promise<void> {
  await pressAccount(tab, WORK);
  const accept = tab.getByRole('button', { name: 'Accept' });
  await accept.or(tab.getByRole('table')).first().waitFor();
  if (await accept.isVisible()) await accept.click();
  await tab.getByRole('table').waitFor();
}
