import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createBrowser } from '../../support/browser.ts';
import { copyDemo, type DemoCopy } from './demo-copy.ts';

// docs/recipes.md, "The demo as a base": what it says is done here to a copy, and the rest stays green.

let copy: DemoCopy | undefined;
afterEach(() => copy?.close());

/** Makes French from German, as somebody does who has not translated anything yet. */
function addFrench({ folder, edit }: DemoCopy): void {
  for (const room of ['src/failures', 'src/web/words']) {
    cpSync(join(folder, room, 'de'), join(folder, room, 'fr'), { recursive: true });
    for (const file of readdirSync(join(folder, room, 'fr')))
      edit(join(room, 'fr', file), [/\bde(?=[A-Z:,]| \})/g, 'fr']);
  }
  edit(
    'src/failures/language.ts',
    ["'de']", "'de', 'fr']"],
    ["de: 'Deutsch',", "de: 'Deutsch', fr: 'Français',"],
  );
  edit(
    'src/failures/catalogues.ts',
    [/(import .*)\bde(Failures, )de(.*)\/de\/(.*)/, '$&\n$1fr$2fr$3/fr/$4'],
    [/ {2}de: .*/, '$&\n  fr: { failures: frFailures, topics: frTopics },'],
  );
  edit(
    'src/web/words/catalogues.ts',
    [/import \{ de, .*/, "$&\nimport { fr, frAccess, frDirectory } from './fr/index.ts';"],
    [/ {2}de: .*/, '$&\n  fr: { ...fr, ...frAccess, ...frDirectory },'],
  );
  edit('src/web/layout/formats.ts', ["de: 'de-DE'", "de: 'de-DE', fr: 'fr-FR'"]);
  edit('src/web/export/export-links.ts', ['de: true', 'de: true, fr: true']);
  edit('src/sign-in/failure-page.ts', [/ {2}de: (\{[^}]*\},)/, '$&\n  fr: $1']);
}

test('an own brand, and a fourth language', async () => {
  copy = copyDemo();
  addFrench(copy);
  for (const language of ['en', 'nl', 'de', 'fr'])
    copy.edit(`src/web/words/${language}/pages.ts`, ["name: 'Directory'", "name: 'Tea & Co'"]);
  copy.edit('src/web/words/fr/pages.ts', [/signIn: '.*'/, "signIn: 'Se connecter avec Microsoft'"]);
  copy.edit('public/style.css', [/--accent: .*/, '--accent: light-dark(#7a2e0e, #f0b08c);']);
  copy.edit('public/favicon.svg', ['Directory', 'Tea &amp; Co']);
  expect(copy.complaints()).toBe('');
  expect(copy.test('test/web/words.test.ts')).toBe('');

  const url = await copy.start();
  const page = await createBrowser().visit(url, { headers: { 'Accept-Language': 'fr-CA, en;q=0.5' } });
  expect(page.html).toContain('<html lang="fr"');
  expect(page.text).toContain('Tea & Co');
  expect(page.text).toContain('Se connecter avec Microsoft');
  const style = /href="([^"]+style[^"]*\.css[^"]*)"/.exec(page.html)?.[1] ?? '';
  expect((await createBrowser().visit(new URL(style, url).href)).html).toContain('#7a2e0e');
});

test('without exports and without Dutch', async () => {
  copy = copyDemo();
  copy.remove('src/web/export', 'views/export.ejs', 'public/export.js');
  copy.edit(
    'src/web/app.ts',
    [/import \{ exportRoutes.*\n/, ''],
    [/ {2}\/\*\* .*export.*\n {2}notes: SharedNotes;\n/, ''],
    ['  app.use(exportRoutes(directory));\n', ''],
  );
  copy.edit(
    'src/main/web-app.ts',
    ['createSharedNotes, ', ''],
    ['  sealersOf,\n', ''],
    [/ {4}notes: createSharedNotes.*\n/, ''],
  );
  copy.edit(
    'src/web/pages.ts',
    [/import \{ createExportPages.*\n/, ''],
    ['    ...createExportPages(layout),\n', ''],
  );
  copy.edit(
    'src/web/people/people-pages.ts',
    [/import \{ createExportOffer .*\n/, ''],
    ['  const exportOffer = createExportOffer(layout);\n', ''],
    [', ...exportOffer(words, model)', ''],
    ["['picker', 'find', 'export']", "['picker', 'find']"],
  );
  copy.edit(
    'views/users.ejs',
    [/ *<details class="menu" data-menu data-exports[\s\S]*?<\/details>\n/, ''],
    [/<section [\s\S]*data-progress[\s\S]*?<\/section>\n/, ''],
  );

  copy.remove('src/failures/nl', 'src/web/words/nl');
  copy.edit('src/failures/language.ts', [" 'nl',", ''], [/ {2}nl: .*\n/, '']);
  for (const file of ['src/failures/catalogues.ts', 'src/web/words/catalogues.ts'])
    copy.edit(file, [/import .*\/nl\/.*\n/, ''], [/ {2}nl: .*\n/, '']);
  copy.edit('src/web/layout/formats.ts', [" nl: 'nl-NL',", '']);
  copy.edit('src/sign-in/failure-page.ts', [/ {2}nl: \{[^}]*\},\n/, '']);
  expect(copy.complaints()).toBe('');
  expect(copy.test('test/web/sign-in.test.ts')).toBe('');

  const url = await copy.start();
  const browser = createBrowser();
  const picker = await browser.visit(`${url}/graphcall`, { headers: { 'Accept-Language': 'nl' } });
  const people = await browser.press(await browser.press(picker, 'adele.vance', 'work'), 'accept');
  expect(people).toMatchObject({ url: `${url}/graphcall`, status: 200 });
  expect(people.html).toContain('<html lang="en"');
  expect(people.html).toContain('class="person"');
  expect(people.html).not.toMatch(/export|lang="nl"/i);
  expect((await browser.visit(`${url}/graphcall/export.csv`)).status).toBe(404);
});
