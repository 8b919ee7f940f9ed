import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { exportAs, signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { until } from '../../support/until.ts';
import { CATALOGUES } from '../../support/words.ts';
import { openWorld, type World } from '../../support/world.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld({ emulator: { users: 2_500 } });
});
beforeEach(() => everyPageTakes(1_200));
afterAll(() => world.close());

const SOME = /999 of 2,503 people, [\d,]+ per second\. \d+ seconds? left\./;
const COMPLETE = /The file is complete\. People in it: 2,503\./;
const REST = /The rest is complete\. This file holds people 1,(000|999) to 2,503;/;
/** After one page, or two on a machine that was too busy to press in between. */
const CANCELLED = /You cancelled the export after (999|1,998) of 2,503 people\./;
const BROKEN_OFF = /The file is not complete: it ends after (999|1,998) of 2,503 people\./;
const ENDED_AT_ONCE = /The export ended before there was a file\./;
const UNKNOWN = /The progress can no longer be shown\./;
const WAITS = /People so far: 0\. Microsoft asks for patience\. The export goes on in \d+ seconds\./;
const says = (page: Page, words: RegExp) => page.locator('[data-text]').filter({ hasText: words }).waitFor();

/**
 * Presses the first link to a file and, where the page says these words, something else. Chromium answers no question
 * about a page whose file has not begun, so the page is told beforehand.
 * Resolves when they were said and Chromium answers again.
 */
async function pressAndListen(page: Page, words: RegExp, thenPress?: string): Promise<void> {
  await page.evaluate(`{
    const text = document.querySelector('[data-text]');
    const observer = new MutationObserver(() => {
      if (!${words}.test(text.textContent)) return;
      observer.disconnect();
      globalThis.wasSaid = true;
      ${thenPress === undefined ? '' : `document.querySelector('${thenPress}').click();`}
    });
    observer.observe(text, { childList: true });
    document.querySelector('[data-files] a').click();
  }`);
  await until(() => page.evaluate<boolean>('globalThis.wasSaid === true'));
}

/** Graph takes so long for each page of an export. */
async function everyPageTakes(ms: number): Promise<void> {
  world.emulator.reset();
  await world.fault({ at: 'users', times: 'always', when: { $top: '999' }, fault: { kind: 'delay', ms } });
}

/** Time enough between two pages, on a busy machine too, to do something about an export of which one has come. */
const beUnhurried = () => everyPageTakes(5_000);

/** Graph throttles every page of exports, so often, instead of taking its time. */
async function throttle(times: number | 'always', seconds: number): Promise<void> {
  world.emulator.reset();
  const fault = { kind: 'status', status: 429, headers: { 'Retry-After': String(seconds) }, body: {} };
  await world.fault({ at: 'users', times, when: { $top: '999' }, fault });
}

/**
 * Breaks off a JSON export that has just begun, until the page says so. A file of which no header has reached it Chromium
 * asks for once more by itself, as it may where a connection that was used before is closed; from then on, the end is the end.
 */
async function breakOff(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('download'), exportAs(page, en.export.json)]);
  await says(page, SOME);
  world.breakOff();
  await says(page, BROKEN_OFF);
}

/** How requests for this were answered, as the log has it. */
const answersTo = (path: string) =>
  world.log
    .filter(({ req }) => (req as { route?: string } | undefined)?.route === path)
    .map(({ res }) => (res as { status?: number }).status);

/** After how many people the file ends, as the page says. */
async function endOf(page: Page): Promise<number> {
  const text = await page.locator('[data-text]').textContent();
  return Number(/after ([\d,]+) of/.exec(text ?? '')?.[1]?.replace(',', ''));
}

/** Loads what a broken-off JSON export lacks, as the page offers it; Graph is quick again. */
async function loadRest(page: Page): Promise<unknown> {
  world.emulator.clearFaults();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: en.export.resume }).click(),
  ]);
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
}

describe('with JavaScript', () => {
  test('a file is loaded while the page says how far it is, and tells those who listen of its end', async () => {
    const page = await chromium.newPage();
    await signInAs(page, world, WORK, '/graphcall');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      says(page, SOME),
      exportAs(page, en.export.csv),
    ]);
    const bar = page.getByRole('progressbar', { name: en.export.region });
    const total = await bar.getAttribute('max');
    await says(page, COMPLETE);
    await page.getByRole('status').filter({ hasText: COMPLETE }).waitFor();
    const file = readFileSync(await download.path(), 'utf8');
    expect({ total, name: download.suggestedFilename(), lines: file.trimEnd().split('\r\n').length }).toEqual(
      {
        total: '2503',
        name: 'people.csv',
        lines: 2_504,
      },
    );
  });

  test('an export is cancelled, says so, and the rest is loaded', async () => {
    await beUnhurried();
    const page = await chromium.newPage();
    await signInAs(page, world, WORK, '/graphcall');
    await exportAs(page, en.export.json);
    await says(page, SOME);
    await page.getByRole('button', { name: en.export.cancel }).click();
    await says(page, CANCELLED);
    expect(await page.evaluate('document.activeElement.textContent')).toBe(en.export.resume);
    const left = 2_503 - (await endOf(page));
    expect(await loadRest(page)).toMatchObject({ count: left, complete: true });
    await says(page, REST);
  });

  test('an export that breaks off says that the file is not complete, and the rest is loaded', async () => {
    await beUnhurried();
    const page = await chromium.newPage();
    await signInAs(page, world, WORK, '/graphcall');
    world.log.splice(0);
    await breakOff(page);
    expect(answersTo('/graphcall/export.json')).toHaveLength(1);
    const left = 2_503 - (await endOf(page));
    expect(await loadRest(page)).toMatchObject({ count: left, complete: true });
    const complaints = chromium.takeComplaints().filter((one) => !one.includes('/photo'));
    expect(new Set(complaints.map((one) => one.includes('/graphcall/export/progress')))).toEqual(
      new Set([true]),
    );
  });

  test('an export of which nobody tells any more is not said to have ended', async () => {
    await beUnhurried();
    const page = await chromium.newPage();
    await page.clock.install();
    await signInAs(page, world, WORK, '/graphcall/export');
    await page.getByRole('link', { name: en.export.json }).click();
    await says(page, SOME);
    await page.route('**/export/progress?*', (route) => route.abort());
    world.breakOff();
    for (let tries = 0; tries < 31; tries += 1) await page.clock.runFor(8_000);
    await says(page, UNKNOWN);
    await page.getByRole('status').filter({ hasText: UNKNOWN }).waitFor();
    expect(await page.getByRole('link', { name: en.export.resume }).count()).toBe(0);
    chromium.takeComplaints();
  });

  test('an export that cannot be cancelled says so, and is cancelled when the button is pressed again', async () => {
    await beUnhurried();
    const page = await chromium.newPage();
    await signInAs(page, world, WORK, '/graphcall');
    await exportAs(page, en.export.json);
    await says(page, SOME);
    await page.route('**/export/cancel?*', (route) => route.abort());
    const cancel = page.getByRole('button', { name: en.export.cancel });
    const failed = page.locator('[data-uncancelled]');
    await cancel.click();
    await failed.waitFor();
    await page.getByRole('status').filter({ hasText: en.export.uncancelled }).waitFor();
    await page.unroute('**/export/cancel?*');
    await cancel.click();
    await says(page, CANCELLED);
    expect({ failed: await failed.isVisible(), complaints: chromium.takeComplaints().length }).toEqual({
      failed: false,
      complaints: 1,
    });
  });

  test('an export that waits for Microsoft says so, cancels at once, and leaves the page where it is', async () => {
    await throttle('always', 20);
    const page = await chromium.newPage();
    await signInAs(page, world, WORK, '/graphcall?search=a');
    const address = page.url();
    await pressAndListen(page, WAITS, '[data-cancel] button');
    await says(page, ENDED_AT_ONCE);
    await page.getByRole('status').filter({ hasText: ENDED_AT_ONCE }).waitFor();
    await page.getByLabel(en.find.label).fill('adele');
    await page.getByRole('status').filter({ hasText: '1 person matches' }).waitFor();
    expect({ address, cancel: await page.locator('[data-cancel]').isVisible() }).toEqual({
      address: `${world.url}/graphcall?search=a`,
      cancel: false,
    });
  });

  test('an export that is throttled for a while says that it waits, and is complete then', async () => {
    await throttle(1, 5);
    const page = await chromium.newPage();
    await signInAs(page, world, WORK, '/graphcall');
    const loaded = page.waitForEvent('download');
    await pressAndListen(page, WAITS);
    await says(page, COMPLETE);
    const file = readFileSync(await (await loaded).path(), 'utf8');
    expect(file.trimEnd().split('\r\n')).toHaveLength(2_504);
  });

  test('the page of an export is live, and is not loaded anew', async () => {
    const page = await chromium.newPage();
    await signInAs(page, world, WORK, '/graphcall/export');
    let loaded = 0;
    page.on('domcontentloaded', () => {
      loaded += 1;
    });
    await page.getByRole('link', { name: en.export.csv }).click();
    await says(page, SOME);
    await says(page, COMPLETE);
    expect(loaded).toBe(0);
  });
});

describe('without JavaScript', () => {
  async function begun(): Promise<Page> {
    const page = await chromium.newPage({ javaScriptEnabled: false });
    await signInAs(page, world, WORK, '/graphcall');
    await exportAs(page, en.export.pageLink);
    await page.getByRole('heading', { name: en.export.pageHeading }).waitFor();
    await page.getByRole('link', { name: en.export.csv }).click();
    return page;
  }

  test('a page renews itself and says how far the file is, until it is complete', async () => {
    const page = await begun();
    await says(page, /people/i);
    await says(page, COMPLETE);
    expect(await page.getByRole('button', { name: en.export.cancel }).count()).toBe(0);
  });

  test('a page that somebody asks to stop renewing itself stays as it is until it is renewed by hand', async () => {
    await beUnhurried();
    const page = await begun();
    await says(page, SOME);
    await page.getByRole('link', { name: en.export.stopRenewing }).click();
    await page.getByRole('link', { name: en.export.renewAgain }).waitFor();
    let loaded = 0;
    page.on('domcontentloaded', () => {
      loaded += 1;
    });
    const before = answersTo('/graphcall/export.csv').length;
    await until(() => answersTo('/graphcall/export.csv').length > before);
    const renewed = loaded;
    await page.getByRole('link', { name: en.export.newest }).click();
    await says(page, COMPLETE);
    expect({ renewed, loaded }).toEqual({ renewed: 0, loaded: 1 });
  });

  test('an export that waits for Microsoft says so, and cancelled then it loads nothing beside the page', async () => {
    await throttle('always', 20);
    world.log.splice(0);
    const page = await begun();
    await says(page, WAITS);
    await page.getByRole('button', { name: en.export.cancel }).click();
    await says(page, ENDED_AT_ONCE);
    const shown = () =>
      page
        .context()
        .pages()
        .map((one) => new URL(one.url()).pathname);
    await until(() => shown().length === 1 && answersTo('/graphcall/export.csv').length > 0);
    expect({ shown: shown(), answers: answersTo('/graphcall/export.csv') }).toEqual({
      shown: ['/graphcall/export'],
      answers: [204],
    });
  });

  test('an export is cancelled, says so, and the rest has a page of its own', async () => {
    await beUnhurried();
    const page = await begun();
    await says(page, SOME);
    await page.getByRole('button', { name: en.export.cancel }).click();
    await says(page, CANCELLED);
    await page.getByRole('link', { name: en.export.resume }).click();
    await page.getByRole('link', { name: en.export.json }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/graphcall/export');
  });
});
