import { expect, test } from '@jest/globals';
import { signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

const THROTTLED = {
  at: 'users',
  fault: { kind: 'status', status: 429, headers: { 'Retry-After': '20' }, body: {} },
} as const;

test('a page that says how long to wait counts down, and goes on by itself', async () => {
  const page = await chromium.newPage();
  await page.clock.install();
  await signInAs(page, world(), WORK);
  world().emulator.addFault(THROTTLED);
  await page.goto(`${world().url}/graphcall?top=7`);
  await page.getByRole('heading', { name: en.failures.graph_throttled.heading }).waitFor();
  await page.clock.runFor(5_000);
  const counted = await page.getByText(/This page goes on in 1[4-6] seconds\./).isVisible();
  await page.getByText(en.failure.technical).click();
  await page.clock.runFor(20_000);
  const stayed = await page.getByRole('heading', { name: en.failures.graph_throttled.heading }).isVisible();
  await page.getByText(en.failure.technical).click();
  await page.clock.runFor(2_000);
  await page.getByRole('table').waitFor();
  chromium.takeComplaints();
  expect({ counted, stayed, url: page.url() }).toEqual({
    counted: true,
    stayed: true,
    url: `${world().url}/graphcall?top=7`,
  });
});
