import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CATALOGUES } from '../../../src/web/words/catalogues.ts';
import { WORK } from '../../browser/people.ts';
import { useWorld } from '../../support/stage.ts';
import { ENGINES, type Engine } from './engines.ts';
import { type Tab, tabOf } from './tab.ts';

const { en } = CATALOGUES;
const USERS = 2_500;
/** Time enough between two pages of an export to do something about it. */
const UNHURRIED_MS = 4_000;

const world = useWorld({ notice: 'emulator', emulator: { users: USERS } });

const everyPageTakes = (ms: number) =>
  world().fault({ at: 'users', times: 'always', when: { $top: '999' }, fault: { kind: 'delay', ms } });

describe.each(Object.keys(ENGINES) as (keyof typeof ENGINES)[])('%s', (name) => {
  let engine: Engine;
  let tab: Tab;

  beforeAll(async () => {
    engine = await ENGINES[name]();
    tab = tabOf(engine);
  });
  beforeEach(() => tab.forgetDownloads());
  afterAll(() => engine.close());

  test('an export says how far it is until it is complete', async () => {
    await everyPageTakes(1_500);
    await tab.open(`${world().url}/graphcall`);
    await tab.press(WORK);
    await tab.press('Accept');
    await tab.press(en.export.csv);
    await tab.shows(en.export.preparing);
    await tab.shows(/999 of 2,503 people/);
    await tab.shows('The file is complete. People in it: 2,503.');
    await tab.downloaded((text) => text.trimEnd().split('\r\n').length === 2_504);
  });

  test('an export of which nothing is heard any more, because the page began to go elsewhere, is asked about again', async () => {
    await everyPageTakes(UNHURRIED_MS);
    await tab.open(`${world().url}/graphcall`);
    await tab.press(en.export.csv);
    await tab.shows(/999 of 2,503 people/);
    await tab.read("location.assign('/graphcall/export.json')");
    // Firefox stops the file along with the stream; either way it is the app that says how it ended.
    await tab.shows(/The file is (not )?complete/);
  });

  test('an export is cancelled, says what the file has, and the rest is loaded', async () => {
    await everyPageTakes(UNHURRIED_MS);
    await tab.open(`${world().url}/graphcall`);
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
});
