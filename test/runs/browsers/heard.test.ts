import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { heardOf } from '../../browser/heard.ts';
import { ADELE, signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

const HEADER = `link "Skip to content"
banner
  link "Directory"
  navigation "Main"
    link "People"
    link "Account"
  group
    DisclosureTriangle "Your account" expanded=false`;

const SEARCH = `search
  LabelText
    StaticText "Name or email address"
  combobox "Name or email address" autocomplete=list expanded=false
  button "Search"
  status`;

const PAGES = [
  {
    path: '/',
    title: 'Who are you looking for?',
    main: `heading "Who are you looking for?" level=1
paragraph
  StaticText "You are signed in as Adele Vance of contoso.example."
${SEARCH}
paragraph
  StaticText "The beginning of a first name, a last name or an email address is enough. "
  link "See everyone"`,
  },
  {
    path: '/graphcall?search=adele',
    title: '1 person matches “adele”',
    main: `${SEARCH}
status
heading "1 person matches “adele”" level=1
group
  DisclosureTriangle "Export" expanded=false
status
table "People in your directory"
  caption
    StaticText "People in your directory"
  rowgroup
    row
      columnheader "Name"
      columnheader "Email"
  rowgroup
    row
      rowheader "Adele Vance"
        link "Adele Vance"
      cell "adele.vance@contoso.example"
        link "adele.vance@contoso.example"
StaticText "1–1 of 1"
LabelText
  StaticText "Per page"
combobox "Per page" expanded=false
  MenuListPopup
    option "25" selected=false
    option "50" selected=true
    option "100" selected=false
    option "250" selected=false
    option "All" selected=false`,
  },
  {
    path: `/graphcall/users/${ADELE.id}`,
    title: ADELE.name,
    main: `link "Back to the people"
heading "Adele Vance" level=1
paragraph
  link "adele.vance@contoso.example"
link "Write an email"
link "Chat in Teams"
region "Contact"
  heading "Contact" level=2
  DescriptionList
    term "Email"
    definition
      StaticText "adele.vance@contoso.example"
      button "Copy the email address"
      status
region "Account"
  heading "Account" level=2
  DescriptionList
    term "Username"
    definition
      StaticText "adele.vance@contoso.example"
      button "Copy the username"
      status
    term "First name"
    definition
      StaticText "Adele"
      button "Copy the first name"
      status
    term "Last name"
    definition
      StaticText "Vance"
      button "Copy the last name"
      status
    term "Account ID"
    definition
      code
        StaticText "${ADELE.id}"
      button "Copy the account ID"
      status`,
  },
  {
    path: '/nowhere',
    title: 'There is no page here',
    main: `heading "There is no page here" level=1
paragraph
  StaticText "This address leads nowhere in this app."
paragraph
  StaticText "Check the address, or go to the home page."
link "Go to the home page"
group
  DisclosureTriangle "Technical details" expanded=false`,
  },
];

const FOOTER = `contentinfo
  paragraph
    StaticText "Version 0.1.0"`;

const indented = (text: string) => text.replaceAll(/^/gm, '  ');

async function signedIn(path: string): Promise<Page> {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK);
  await page.goto(`${world().url}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

test.each(PAGES)('what assistive technology is given of $path', async ({ path, title, main }) => {
  const page = await signedIn(path);
  const inside = [HEADER, 'main', indented(main), FOOTER].join('\n');
  expect(await heardOf(page)).toBe(`RootWebArea "${title} – Directory"\n${indented(inside)}`);
});

test('the account names each part, and each of its ways out', async () => {
  const heard = await heardOf(await signedIn('/permissions'));
  const named = heard.match(/(?<=^ +)(region|heading|button|list\b|DescriptionList).*$/gm);
  expect(named).toEqual([
    'heading "Your account" level=1',
    ...['region "What this app can do"', 'heading "What this app can do" level=2', 'list'],
    ...['region "This session"', 'heading "This session" level=2', 'DescriptionList'],
    ...['region "Signing out"', 'heading "Signing out" level=2', 'list'],
    ...['button "Sign out"', 'button "Sign out of this app"', 'button "Sign out everywhere"'],
  ]);
});

test('the suggestions are a list of options, of which one is chosen', async () => {
  const page = await signedIn('/');
  await page.getByLabel(en.find.label).pressSequentially('adele');
  await page.getByRole('option').waitFor();
  await page.keyboard.press('ArrowDown');
  const search = `combobox "Name or email address" autocomplete=list expanded=true
button "Search"
listbox "Suggestions"
  option "Adele Vance adele.vance@contoso.example" selected=true
status
  StaticText "Suggestions: 1"`;
  expect(await heardOf(page)).toContain(indented(indented(indented(search))));
});
