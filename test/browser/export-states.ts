import type { Page } from 'playwright-core';
import type { FaultRequest } from '../../src/emulator/index.ts';
import { until } from '../support/until.ts';
import type { World } from '../support/world.ts';
import { signInAs, WORK } from './people.ts';
import type { State } from './state.ts';

/** Graph takes its time for each page of people: the export runs until Graph's deadline. */
const SLOW: FaultRequest = { at: 'users', times: 'always', fault: { kind: 'delay', ms: 20_000 } };
/** Nothing ends an export that waits for so long. */
const WAIT_SECONDS = 100;
const THROTTLED: FaultRequest = {
  at: 'users',
  times: 'always',
  fault: { kind: 'throttled', retryAfterSeconds: WAIT_SECONDS },
};

/** The first page of an export, so that the download has begun. */
const someOfMany = ({ emulator }: World): FaultRequest => ({
  at: 'users',
  fault: {
    kind: 'status',
    status: 200,
    body: {
      value: [{ id: '1', displayName: 'Ada' }],
      '@odata.count': 2_500,
      '@odata.nextLink': `${emulator.baseUrl}/v1.0/users?$skiptoken=more`,
    },
  },
});

/** Begins an export in the way of a page without scripts, and shows how far it is. */
async function beginExport(page: Page, world: World, fault: FaultRequest): Promise<void> {
  await signInAs(page, world, WORK, '/graphcall/export');
  world.emulator.addFault(fault);
  const href = await page.locator('a[data-export]').first().getAttribute('href');
  // Not by the page itself, which is loaded anew; it ends with the profile.
  void page
    .context()
    .request.get(`${world.url}${href}`)
    .catch(() => undefined);
  await until(async () => {
    await page.reload();
    return page.locator('[data-progress]').isVisible();
  });
}

/** Begins as many exports as one may have at a time, and asks for another. */
async function beginTooManyExports(page: Page, world: World): Promise<void> {
  await signInAs(page, world, WORK);
  const file = `${world.url}/graphcall/export.csv`;
  world.emulator.addFault(THROTTLED);
  // One's own photo in the header is asked for below the same path.
  const asked = async () =>
    (await world.received('/v1.0/users')).filter(({ path }) => path === '/v1.0/users').length;
  for (let count = 1; count <= 3; count += 1) {
    void page
      .context()
      .request.get(file)
      .catch(() => undefined);
    await until(async () => (await asked()) === count);
  }
  await page.goto(file);
}

/** The pages about people as a file, in every state. */
export const EXPORT_STATES: readonly State[] = [
  { name: 'export', open: (page, world) => signInAs(page, world, WORK, '/graphcall/export') },
  { name: 'export-running', open: (page, world) => beginExport(page, world, SLOW) },
  {
    name: 'export-cancelled',
    async open(page, world) {
      await beginExport(page, world, THROTTLED);
      await page.locator('[data-cancel] button').click();
      await page.locator('[data-cancel]').waitFor({ state: 'hidden' });
      await page.reload();
    },
  },
  {
    name: 'export-throttled',
    async open(page, world) {
      await beginExport(page, world, THROTTLED);
      await page
        .locator('[data-text]')
        .filter({ hasText: String(WAIT_SECONDS) })
        .waitFor();
    },
  },
  {
    name: 'people-exporting',
    answersInput: true,
    async open(page, world) {
      await signInAs(page, world, WORK, '/graphcall?top=25');
      world.emulator.addFault(someOfMany(world));
      world.emulator.addFault(THROTTLED);
      await page.locator('[data-exports] summary').click();
      await page.locator('a[data-export]').first().click();
      await page
        .locator('[data-text]')
        .filter({ hasText: String(WAIT_SECONDS) })
        .waitFor();
    },
  },
  { name: 'too-many-exports', open: beginTooManyExports },
];
