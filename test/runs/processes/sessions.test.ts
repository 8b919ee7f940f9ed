import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { ADELE, NIA } from '../../threats/support/outcome.ts';

const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';

let folder: string;
let redis: RedisServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sessions-'));
  redis = await startRedis();
});
afterAll(async () => {
  await redis.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([['SQLite'], ['Redis']])('with %s, while the app runs', (store) => {
  let app: Program;
  let url: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    const port = String(await freePort());
    url = `http://localhost:${port}`;
    environment = {
      PORT: port,
      EMULATOR_PORT: String(await freePort()),
      ...(store === 'Redis' ? { REDIS_URL: redis.url } : {}),
    };
    app = startProgram('web', [], { folder, environment });
    await app.says(/web app is at/);
  });
  afterAll(() => app.stop());

  async function signedIn(username: string): Promise<Browser> {
    const browser = createBrowser();
    const next = await browser.press(await browser.visit(`${url}/login`), username);
    if (!next.url.startsWith(url)) await browser.press(next, 'accept');
    return browser;
  }
  const isIn = async (browser: Browser) => (await browser.visit(`${url}/`)).text.includes('Sign out');

  /** Runs the program as the administrator does, in the app's folder. */
  async function sessions(...given: string[]) {
    const program = startProgram('sessions', given, { folder, environment });
    const status = await program.exited;
    const lines = program.output.stdout.split('\n').filter((line) => line !== '');
    return { status, rows: lines.map((line) => line.split('\t')), stderr: program.output.stderr };
  }

  test('an administrator finds the sessions of a person by each of their names, and ends them', async () => {
    const [one, two, nia] = [await signedIn(ADELE), await signedIn(ADELE), await signedIn(NIA)];
    const listed = await sessions('list', ADELE.toUpperCase());
    const [began = '', used = '', where, username, objectId = ''] = listed.rows[0] ?? [];
    expect([listed.status, listed.rows.length, where, username]).toEqual([0, 2, 'unknown browser', ADELE]);
    expect(Date.now() - Date.parse(began)).toBeLessThan(60_000);
    expect(Date.parse(used)).toBeGreaterThanOrEqual(Date.parse(began));
    for (const user of [objectId, `${objectId}.${CONTOSO}`])
      expect((await sessions('list', user)).rows).toHaveLength(2);
    expect(await sessions('end', objectId)).toMatchObject({ status: 0, stderr: 'Ended: 2 sessions.\n' });
    expect(await Promise.all([one, two, nia].map(isIn))).toEqual([false, false, true]);
    expect(await sessions('end', ADELE)).toMatchObject({ status: 1, rows: [] });
    const other = { ...environment, SESSION_SECRET: 'Fq8vL2mXc7Rk9ZpT4wYs1BnHd6JgUe3A' };
    const wrong = startProgram('sessions', ['end', NIA], { folder, environment: other });
    expect(await wrong.exited).toBe(1);
    expect(wrong.output.stderr).toMatch(/^Ended: 0 sessions\.\nThe store has 1, of others or of an app with/);
    expect(await isIn(nia)).toBe(true);
  });

  test.each([[[]], [['end']], [['end', ADELE, NIA]], [['remove', ADELE]]])(
    'a wrong call (%j) ends nothing, with 2',
    async (given) => {
      const nia = await signedIn(NIA);
      expect((await sessions(...given)).status).toBe(2);
      expect(await isIn(nia)).toBe(true);
    },
  );
});

test('a folder in which no app was started is said, with 2, and left as it is', async () => {
  const program = startProgram('sessions', ['list', ADELE], {
    folder: tmpdir(),
    environment: { DATA_DIR: join(folder, 'none') },
  });
  expect(await program.exited).toBe(2);
  expect(program.output.stderr).toMatch(/^DATA_DIR holds no sessions/);
});

test('a store that does not answer is said, with 3', async () => {
  const environment = { REDIS_URL: 'redis://127.0.0.1:1' };
  const program = startProgram('sessions', ['end', ADELE], { folder, environment });
  expect(await program.exited).toBe(3);
  expect(program.output.stderr).toMatch(/The store does not answer, so nothing is known of what it did/);
  const list = startProgram('sessions', ['list', ADELE], { folder, environment });
  expect(await list.exited).toBe(3);
  expect(list.output.stderr).toMatch(/^The store does not answer: ask again\.$/m);
});
