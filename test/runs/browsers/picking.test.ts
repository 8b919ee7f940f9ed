import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ADELE, signInAs, WORK } from '../../browser/people.ts';
import { submitByEnter } from '../../browser/press.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { receivedSince, useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

async function at(path: string): Promise<Page> {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK);
  await page.goto(`${world().url}${path}`);
  return page;
}

const field = (page: Page) => page.getByRole('combobox', { name: en.find.label });
const options = (page: Page) => page.getByRole('listbox', { name: en.find.suggestions }).getByRole('option');

async function typed(page: Page, text: string): Promise<void> {
  await field(page).pressSequentially(text);
  await options(page).first().waitFor();
}

/** What a screen reader is told of the field. */
const told = (page: Page): Promise<Told> =>
  page.evaluate(`(() => {
    const field = document.querySelector('[role=combobox]');
    return {
      isOpen: field.getAttribute('aria-expanded'),
      active: document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent.trim(),
      selected: document.querySelectorAll('[role=option][aria-selected=true]').length,
      value: field.value,
    };
  })()`);

interface Told {
  isOpen: string;
  active?: string;
  selected: number;
  value: string;
}

const textsOf = async (page: Page) => (await options(page).allTextContents()).map((text) => text.trim());

describe.each(['/', '/graphcall'])('the search of %s', (path) => {
  test('suggests people while somebody types, and opens the one who is chosen with the keyboard', async () => {
    const page = await at(path);
    await typed(page, 'adele');
    await page.keyboard.press('ArrowDown');
    expect(await told(page)).toEqual({
      isOpen: 'true',
      active: `${ADELE.name} ${WORK}`,
      selected: 1,
      value: 'adele',
    });
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: ADELE.name }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/graphcall/users/${ADELE.id}`);
  });

  test('opens the one who is pressed', async () => {
    const page = await at(path);
    await typed(page, 'adele');
    await options(page).first().click();
    await page.getByRole('heading', { level: 1, name: ADELE.name }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/graphcall/users/${ADELE.id}`);
  });

  test('searches as ever with Enter where nobody is chosen', async () => {
    const page = await at(path);
    await typed(page, 'adele');
    await submitByEnter(page);
    await page.getByRole('rowheader', { name: ADELE.name }).waitFor();
    expect(new URL(page.url()).searchParams.get('search')).toBe('adele');
  });

  test('goes through the suggestions with the arrows, and back to the text with Home, End and letters', async () => {
    const page = await at(path);
    await typed(page, 'a');
    const texts = await textsOf(page);
    const active = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return (await told(page)).active;
    };
    expect({
      first: await active('ArrowDown'),
      second: await active('ArrowDown'),
      back: await active('ArrowUp'),
      round: await active('ArrowUp'),
      on: await active('ArrowDown'),
      home: await active('Home'),
      end: await active('ArrowDown', 'End'),
    }).toEqual({
      first: texts[0],
      second: texts[1],
      back: texts[0],
      round: texts.at(-1),
      on: texts[0],
      home: undefined,
      end: undefined,
    });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('d');
    expect(await told(page)).toMatchObject({ active: undefined, value: 'ad' });
  });

  test('closes its suggestions with Escape, which leaves the text, and opens them with the arrow', async () => {
    const page = await at(path);
    await typed(page, 'adele');
    await page.keyboard.press('Escape');
    const closed = await told(page);
    await page.keyboard.press('ArrowDown');
    expect({ closed, opened: await told(page) }).toEqual({
      closed: { isOpen: 'false', active: undefined, selected: 0, value: 'adele' },
      opened: { isOpen: 'true', active: `${ADELE.name} ${WORK}`, selected: 1, value: 'adele' },
    });
    await page.keyboard.press('Tab');
    expect(await options(page).count()).toBe(0);
  });

  test('asks Graph once for what was typed', async () => {
    const page = await at(path);
    const lists = () =>
      receivedSince(world(), '/v1.0/users').filter(({ path: asked }) => asked === '/v1.0/users');
    const before = lists().length;
    await field(page).fill('adele');
    await options(page).first().waitFor();
    expect(lists().length - before).toBe(1);
  });
});

test('on the home page, how many there are is said, also that there are none', async () => {
  const page = await at('/');
  await typed(page, 'adele');
  await page
    .getByRole('status')
    .filter({ hasText: `${en.find.suggestions}: 1` })
    .waitFor();
  await field(page).fill('zzzqqq');
  await page.getByRole('status').filter({ hasText: en.find.noSuggestions }).waitFor();
  expect(await told(page)).toMatchObject({ isOpen: 'false', active: undefined });
});

test('where the app cannot say, nothing is said, and the form searches', async () => {
  const page = await at('/');
  await world().fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
  const [response] = await Promise.all([
    page.waitForResponse(/suggest/),
    field(page).pressSequentially('adele', { delay: 10 }),
  ]);
  await page.evaluate('new Promise(requestAnimationFrame)');
  const said = (await page.getByRole('status').allTextContents()).join('');
  await submitByEnter(page);
  await page.getByRole('rowheader', { name: ADELE.name }).waitFor();
  expect({ status: response.status(), said, complaints: chromium.takeComplaints().length }).toEqual({
    status: 403,
    said: '',
    complaints: 1,
  });
});

test('a late response of an older search is dropped', async () => {
  const page = await at('/');
  await world().fault({ at: 'users', fault: { kind: 'delay', ms: 3_000 } });
  const [late] = await Promise.all([page.waitForRequest(/suggest\?search=b$/), field(page).fill('b')]);
  await typedOver(page, 'adele');
  expect({ late: late.failure()?.errorText, texts: await textsOf(page) }).toEqual({
    late: expect.stringContaining('ABORTED'),
    texts: [`${ADELE.name} ${WORK}`],
  });
});

async function typedOver(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await options(page).filter({ hasText: ADELE.name }).waitFor();
}

test('an input method keeps its own keys, and is searched for when it has ended', async () => {
  const page = await at('/');
  await field(page).focus();
  const devtools = await page.context().newCDPSession(page);
  const asked: string[] = [];
  page.on('request', (request) => /suggest/.test(request.url()) && asked.push(request.url()));
  await devtools.send('Input.imeSetComposition', { text: 'adele', selectionStart: 5, selectionEnd: 5 });
  await page.keyboard.press('ArrowDown');
  const during = await told(page);
  await devtools.send('Input.insertText', { text: 'adele' });
  await options(page).first().waitFor();
  expect({ during, asked: asked.length }).toEqual({
    during: expect.objectContaining({ isOpen: 'false', active: undefined }),
    asked: 1,
  });
});

test('names are texts: markup in them is shown, and turns nothing around', async () => {
  const page = await at('/');
  const rows = [
    {
      id: '00000000-0000-4000-8000-000000000001',
      displayName: '<img src=x onerror="document.title=1">\u202e',
      mail: 'a@b.example',
    },
  ];
  await world().fault({ at: 'users', fault: { kind: 'rows', rows } });
  await typed(page, 'x');
  const parts = await page.evaluate(`[...document.querySelector('[role=option]').children].map(
    ({ localName, children }) => [localName, children.length])`);
  expect({ parts, title: await page.title() }).toEqual({
    parts: [
      ['bdi', 0],
      ['bdi', 0],
    ],
    title: expect.not.stringMatching(/^1$/),
  });
});

test('a field of another page becomes a picker that sends an id along, and can be told of the choice', async () => {
  const page = await at('/permissions');
  await page.evaluate(`(async () => {
    document.querySelector('main').insertAdjacentHTML('beforeend', \`<form id="own" action="/">
      <p><label for="reviewer">Reviewer</label> <input id="reviewer" name="reviewer" data-id="reviewerId" data-picker="Suggestions"></p></form>\`);
    const { picker } = await import('/picker.js');
    picker(document.querySelector('#reviewer'));
    document.addEventListener('pick', ({ detail }) => { document.body.dataset.picked = detail.mail; });
  })()`);
  const reviewer = page.getByRole('combobox', { name: 'Reviewer' });
  await reviewer.pressSequentially('adele');
  await options(page).first().click();
  const sent = () => page.evaluate(`Object.fromEntries(new FormData(document.querySelector('#own')))`);
  const chosen = await sent();
  await reviewer.pressSequentially('x');
  expect({
    chosen,
    changed: await sent(),
    told: await page.locator('body').getAttribute('data-picked'),
  }).toEqual({
    chosen: { reviewer: ADELE.name, reviewerId: ADELE.id },
    changed: { reviewer: `${ADELE.name}x`, reviewerId: '' },
    told: WORK,
  });
});

test('without JavaScript the field is a search field as ever', async () => {
  const page = await chromium.newPage({ javaScriptEnabled: false });
  await signInAs(page, world(), WORK);
  expect([await page.getByRole('searchbox').count(), await page.getByRole('combobox').count()]).toEqual([
    1, 0,
  ]);
});
