import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { WORK } from '../../browser/people.ts';
import { useWorld } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import { CATALOGUES } from '../../support/words.ts';
import type { Engine } from './engine.ts';
import { type Tab, tabOf } from './tab.ts';

const { en, nl } = CATALOGUES;
const USERS = 2_500;
/** Whether a press on the menu of files, at the end of the third row, and on its address meets just that. */
const HIT_TEST = `(() => {
  const at = (x, y) => document.elementFromPoint(x, y);
  const middle = (one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return at(x + width / 2, y + height / 2);
  };
  const summary = document.querySelector('[data-exports] summary');
  const row = document.querySelectorAll('tbody tr')[2];
  const { right, top, height } = row.getBoundingClientRect();
  return [
    summary.contains(middle(summary)),
    at(right - 40, top + height / 2) === row.querySelector('a.person'),
    row.querySelector('td a').contains(middle(row.querySelector('td a'))),
  ];
})()`;
/** Keys as WebDriver writes them (section 17.4.2). */
const [ARROW_DOWN, ENTER] = ['\ue015', '\ue007'];
/** Time enough between two pages of an export to do something about it. */
const UNHURRIED_MS = 4_000;

/** What somebody does of a day, in the browser that is opened: one file for each engine, so each has a world of its own. */
export function tellStories(openEngine: () => Promise<Engine>): void {
  const world = useWorld({ notice: 'emulator', emulator: { users: USERS } });

  const everyPageTakes = (ms: number) =>
    world().fault({ at: 'users', times: 'always', when: { $top: '999' }, fault: { kind: 'delay', ms } });

  let engine: Engine | undefined;
  let tab: Tab;

  beforeAll(async () => {
    engine = await openEngine();
    tab = tabOf(engine);
  });
  beforeEach(() => tab.forgetDownloads());
  afterAll(() => engine?.close());

  test('somebody signs in, finds a person, copies what is known of them, and looks at everybody', async () => {
    await tab.open(world().url);
    await tab.press(en.actions.signIn);
    await tab.press(WORK);
    await tab.press('Accept');
    await tab.shows(en.home.heading);
    await tab.press(en.actions.people);
    await tab.shows('1–50 of 2,503, page 1 of 51');
    await tab.type(en.find.label, 'adele vance');
    await tab.shows(/1 person matches “.?adele vance/);
    await tab.press('Adele Vance');
    await tab.shows(en.person.contact);
    await tab.press(en.person.copyMail);
    await until(async () => tab.read("document.querySelector('.is-copied') !== null"));
    await tab.press(en.person.back);
    await tab.shows(/1 person matches “.?adele vance/);
    await tab.open(`${world().url}/graphcall?top=all`);
    await until(async () => (await tab.read("document.querySelectorAll('tbody tr').length")) === 2_503);
  });

  test('somebody is picked from what is suggested while one types', async () => {
    await tab.open(world().url);
    await tab.type(en.find.label, 'adele');
    await tab.shows(WORK);
    await tab.type(en.find.label, `${ARROW_DOWN}${ENTER}`);
    await tab.shows(en.person.contact);
  });

  test('a press beside a name opens that person, and what is beside the list is not covered by it', async () => {
    await tab.open(`${world().url}/graphcall?top=25`);
    await tab.shows('1–25 of 2,503');
    // A page may say its words before its style is there, and is not laid out yet.
    await until(async () => (await tab.read<boolean[]>(HIT_TEST)).every(Boolean));
  });

  test('a language and an appearance are chosen', async () => {
    await tab.open(`${world().url}/permissions`);
    await tab.press(en.layout.account);
    await tab.press('Nederlands');
    await tab.shows(nl.permissions.pageHeading);
    await tab.press(nl.layout.account);
    await tab.press(nl.appearances.dark);
    await until(async () => tab.read("document.documentElement.dataset.theme === 'dark'"));
    await tab.press(nl.layout.account);
    await tab.press('English');
    await tab.shows(en.permissions.pageHeading);
  });

  test('a failure says what happened, and has its message to send', async () => {
    await world().fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
    await tab.open(`${world().url}/graphcall`);
    await tab.shows(en.failures.graph_forbidden.heading);
    await tab.shows(en.ask.heading);
    await tab.press(en.actions.copyMessage);
    await tab.shows(en.actions.copied);
  });

  test('an export says how far it is until it is complete', async () => {
    await everyPageTakes(1_500);
    await tab.open(`${world().url}/graphcall`);
    await tab.press(en.export.region);
    await tab.press(en.export.csv);
    await tab.shows(en.export.preparing);
    await tab.shows(/999 of 2,503 people/);
    await tab.shows('The file is complete. People in it: 2,503.');
    await tab.downloaded((text) => text.trimEnd().split('\r\n').length === 2_504);
  });

  test('an export of which nothing is heard any more, because the page began to go elsewhere, is asked about again', async () => {
    await everyPageTakes(UNHURRIED_MS);
    await tab.open(`${world().url}/graphcall`);
    await tab.press(en.export.region);
    await tab.press(en.export.csv);
    await tab.shows(/999 of 2,503 people/);
    await tab.read("location.assign('/graphcall/export.json')");
    // Firefox stops the file along with the stream; either way it is the app that says how it ended.
    await tab.shows(/The file is (not )?complete/);
  });

  test('an export is cancelled, says what the file has, and the rest is loaded', async () => {
    await everyPageTakes(UNHURRIED_MS);
    await tab.open(`${world().url}/graphcall`);
    await tab.press(en.export.region);
    await tab.press(en.export.json);
    await tab.shows(/999 of 2,503 people/);
    await tab.press(en.export.cancel);
    await tab.shows('You cancelled the export after 999 of 2,503 people.');
    const focus = await tab.read<string>('document.activeElement.textContent');
    world().emulator.clearFaults();
    tab.forgetDownloads();
    await tab.press(en.export.resume);
    await tab.shows('The rest is complete. This file holds people 1,000 to 2,503;');
    await tab.downloaded((text) => text.endsWith('"count":1504,"complete":true}\n'));
    expect(focus).toBe(en.export.resume);
  });

  test('somebody signs out', async () => {
    await tab.open(`${world().url}/graphcall`);
    await tab.press(en.layout.account);
    await tab.press(en.actions.signOut);
    await tab.shows(en.actions.signIn);
    await tab.open(`${world().url}/graphcall`);
    await tab.shows(WORK);
  });
}
