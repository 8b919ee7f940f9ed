import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { exportAs, signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

/** Somebody whose name a spreadsheet would run. */
const FORMULA = {
  id: '00000000-0000-4000-8000-000000000001',
  displayName: '=HYPERLINK("https://evil.example")',
  userPrincipalName: 'formula@contoso.example',
};

test.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('the CSV file holds everybody, for Excel, and runs nothing, $script', async ({ javaScriptEnabled }) => {
  const page = await chromium.newPage({ javaScriptEnabled });
  await signInAs(page, world(), WORK, '/graphcall');
  const people = Number.parseInt((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', 10);
  await world().fault({ at: 'users', fault: { kind: 'rows', rows: [FORMULA], append: true } });
  const [download] = await Promise.all([page.waitForEvent('download'), exportAs(page, en.export.csv)]);
  const [first, ...lines] = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect({
    name: download.suggestedFilename(),
    first,
    end: lines.pop(),
    rows: lines.length,
    adele: lines.filter((line) => line.startsWith('"Adele Vance","Adele","Vance",')).length,
    formula: lines.find((line) => line.includes('HYPERLINK')),
  }).toEqual({
    name: 'people.csv',
    first: '\ufeffdisplayName,givenName,surname,mail,userPrincipalName,id',
    end: '',
    rows: people + 1,
    adele: 1,
    formula: `"'=HYPERLINK(""https://evil.example"")",,,,"formula@contoso.example","${FORMULA.id}"`,
  });
});
