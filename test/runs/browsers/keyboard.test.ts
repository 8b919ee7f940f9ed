import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { enter, focusOrder, signedInStops, signedOutStops, tabTo } from '../../browser/focus.ts';
import { ADELE, signInAs, WORK } from '../../browser/people.ts';
import { pressAndHear, submitByEnter } from '../../browser/press.ts';
import { focusOf } from '../../browser/probes.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { CATALOGUES } from '../../support/words.ts';
import { openWorld, type World } from '../../support/world.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.emulator.reset());
afterAll(() => world.close());

describe.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('with the keyboard only, $script', ({ javaScriptEnabled }) => {
  const visitor = () => chromium.newPage({ javaScriptEnabled });
  /** What is there only for those who run scripts, or only for those who do not. */
  const scripted = (...stops: string[]) => (javaScriptEnabled ? stops : []);
  const plain = (...stops: string[]) => (javaScriptEnabled ? [] : stops);

  test('somebody signs in, finds a person, sees the permissions, and signs out', async () => {
    const page = await visitor();
    await page.goto(world.url);
    await enter(page, en.actions.signIn);
    await page.getByRole('heading', { name: 'Choose an account' }).waitFor();
    await enter(page, WORK);
    await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
    await enter(page, 'Accept');
    await page.getByRole('heading', { name: en.home.heading }).waitFor();
    await enter(page, en.actions.people);
    await page.getByRole('table').waitFor();
    await page.goto(`${world.url}/graphcall?top=5`);
    await enter(page, en.actions.nextPage);
    await page.waitForURL(/cursor=/);
    await tabTo(page, en.find.label);
    await page.keyboard.type('adele');
    await submitByEnter(page);
    await page.waitForURL(/[?&]search=adele/);
    await enter(page, ADELE.name);
    await page.getByRole('heading', { level: 1, name: ADELE.name }).waitFor();
    await enter(page, en.navigation.account);
    await page.getByRole('heading', { name: en.permissions.pageHeading }).waitFor();
    await enter(page, en.layout.account);
    await enter(page, en.actions.signOut);
    await page.getByRole('link', { name: en.actions.signIn }).waitFor();
    expect(page.url()).toBe(`${world.url}/`);
  });

  test('the focus goes through a signed-out page from top to bottom', async () => {
    const page = await visitor();
    await page.goto(world.url);
    expect(await focusOrder(page)).toEqual(signedOutStops(en.actions.signIn));
  });

  test('the focus goes through the people in their order', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall?top=3');
    const links = await page.getByRole('table').getByRole('link').allTextContents();
    expect(await focusOrder(page)).toEqual(
      signedInStops(
        ...[en.find.label, en.find.button, en.export.region],
        ...links,
        en.find.size,
        ...plain(en.find.apply),
        en.actions.nextPage,
      ),
    );
  });

  test('from the search, a link leads past the people to the pages in at most ten stops', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall');
    await page.locator('#search').focus();
    const stops: string[] = [];
    while (stops.length < 10 && stops.at(-1) !== en.find.size) {
      await page.keyboard.press(stops.at(-1) === en.find.skip ? 'Enter' : 'Tab');
      stops.push((await focusOf(page)).name);
    }
    expect(stops).toContain(en.find.size);
  });

  test.each([
    { name: 'home', path: '/', stops: [en.find.label, en.find.button, en.actions.people] },
    {
      name: 'permissions',
      path: '/permissions',
      stops: [
        en.actions.switchAccount,
        en.sessions.see,
        en.actions.signOut,
        en.everywhere.hereButton,
        en.everywhere.button,
      ],
    },
    {
      name: 'export',
      path: '/graphcall/export',
      stops: [
        en.person.back,
        en.export.csv,
        en.export.json,
        ...plain(en.export.newest, en.export.stopRenewing),
      ],
    },
    {
      name: 'person',
      path: `/graphcall/users/${ADELE.id}`,
      stops: [
        en.person.back,
        WORK,
        ...[en.person.write, en.person.chat],
        ...scripted(en.person.copyMail, en.person.copyUsername, en.person.copyGivenName),
        ...scripted(en.person.copySurname, en.person.copyId),
      ],
    },
  ])('the focus goes through the page $name', async ({ path, stops }) => {
    const page = await visitor();
    await signInAs(page, world, WORK);
    await page.goto(`${world.url}${path}`);
    expect(await focusOrder(page)).toEqual(signedInStops(...stops));
  });

  test('the focus goes through a page that says what went wrong', async () => {
    const page = await visitor();
    await page.goto(`${world.url}/nowhere`);
    expect(await focusOrder(page)).toEqual(signedOutStops(en.actions.home, en.failure.technical));
  });

  test('the first stop leads past the header', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall?top=1');
    await enter(page, en.layout.skip);
    await page.keyboard.press('Tab');
    expect(await focusOf(page)).toEqual({ name: en.find.label, visible: true });
  });
});

test('a button that may not copy says so', async () => {
  const page = await chromium.newPage();
  await page.addInitScript('navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"))');
  await page.goto(`${world.url}/nowhere`);
  await page.getByText(en.failure.technical).click();
  await pressAndHear(
    page.getByRole('button', { name: en.actions.copyDetails }),
    page.getByRole('status').filter({ hasText: en.actions.uncopied }),
  );
  await page.getByRole('button', { name: en.actions.copyDetails }).waitFor();
});

test('the details of a failure are copied by a press', async () => {
  const profile = await chromium.newProfile({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await profile.newPage();
  await page.goto(`${world.url}/nowhere`);
  await page.getByText(en.failure.technical).click();
  await pressAndHear(
    page.getByRole('button', { name: en.actions.copyDetails }),
    page.getByRole('status').filter({ hasText: en.actions.copied }),
  );
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  const id = await page.locator('dd code').last().textContent();
  expect({ code: copied.includes('not_found'), id: copied.includes(id ?? 'none') }).toEqual({
    code: true,
    id: true,
  });
});
