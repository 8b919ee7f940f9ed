import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPseudonyms } from '../../../src/sessions/index.ts';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { startProgram } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { openWorld, signedInBrowser } from '../../support/world.ts';
import { ADELE, NIA } from '../../threats/support/outcome.ts';

const [NEW, OLD] = ['the-new-session-secret-0123456789-abcdef', 'the-old-session-secret-0123456789-abcdef'];

interface Run {
  status: number;
  stdout: string;
  stderr: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-who-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program. @param input for its standard input; without one nothing comes from there, and it stays open */
function logWho(given: string[], environment: Record<string, string> = {}, input?: string): Promise<Run> {
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/main/log-who.js'), ...given], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
  });
  const run: Run = { status: -1, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    run.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    run.stderr += chunk.toString();
  });
  child.stdin.on('error', () => undefined); // it may not be interested
  if (input !== undefined) child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (status) => resolve({ ...run, status: status ?? -1 })));
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
const routesIn = (text: string) =>
  linesOf(text).map((line) => (JSON.parse(line) as { req: { route: string } }).req.route);

describe('who exported the directory?', () => {
  let log: string;
  let people: string;
  let objectId: string;
  beforeAll(async () => {
    const port = String(await freePort());
    const environment = { PORT: port, EMULATOR_PORT: String(await freePort()) };
    const app = startProgram('web', [], { folder, environment });
    await app.says(/web app is at/);
    for (const username of [ADELE, NIA]) await useApp(`http://localhost:${port}`, username);
    await app.stop('SIGTERM');
    log = join(folder, 'app.log');
    writeFileSync(log, app.output.stdout);
    const daemon = startProgram('daemon', [
      '--all',
      '--select',
      'id,displayName,userPrincipalName',
      '--format',
      'csv',
    ]);
    await daemon.exited;
    people = join(folder, 'people.csv');
    writeFileSync(people, daemon.output.stdout);
    objectId = new RegExp(`([\\w-]{36})"?,.*${ADELE}`).exec(daemon.output.stdout)?.[1] ?? '';
  });

  /** Adele exports the directory, Nia only looks at it. */
  async function useApp(url: string, username: string): Promise<void> {
    const browser = createBrowser();
    const picker = await browser.visit(`${url}/login`);
    await browser.press(await browser.press(picker, username), 'accept');
    const path = username === ADELE ? '/graphcall/export.csv' : '/graphcall';
    expect((await browser.visit(`${url}${path}`)).status).toBe(200);
  }

  test.each([
    ['the username', () => ADELE],
    ['the username in another case', () => ` ${ADELE.toUpperCase()} `],
    ['the object id', () => objectId],
    ['the id of the account', () => `${objectId}.a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10`],
  ])('from a person to lines, by %s', async (_what, user) => {
    const { status, stdout } = await logWho([user(), log]);
    expect([status, routesIn(stdout)]).toEqual([0, ['/getAToken', '/', '/graphcall/export.csv']]);
  });

  test('from a line to a person, out of a list as the daemon makes it', async () => {
    const exports = linesOf((await logWho([ADELE, log])).stdout).filter((line) =>
      line.includes('export.csv'),
    );
    expect(await logWho(['--among', people, '-'], {}, exports.join('\n'))).toMatchObject({
      status: 0,
      stdout: `${ADELE}\t${exports[0]}\n`,
    });
  });

  test('everybody in a log, and nobody else', async () => {
    const { stdout } = await logWho(['--among', people, log]);
    expect(new Set(linesOf(stdout).map((line) => line.split('\t')[0]))).toEqual(new Set([ADELE, NIA]));
  });

  test('a log from standard input, with whatever stands in front of its lines', async () => {
    const { stdout } = await logWho([ADELE, log]);
    const shipped = linesOf(stdout).map((line) => `2026-11-25T20:00:00Z stdout F ${line}`);
    for (const given of [[ADELE], [ADELE, '-']])
      expect((await logWho(given, {}, shipped.join('\n'))).stdout).toBe(`${shipped.join('\n')}\n`);
  });

  test('somebody who was not there: nothing, and 1', async () => {
    expect(await logWho(['nobody@contoso.example', log])).toEqual({ status: 1, stdout: '', stderr: '' });
  });
});

describe('after a change of the secret', () => {
  test('lines of before and after are found, as long as both secrets are given', async () => {
    const lines: string[] = [];
    for (const secret of [OLD, NEW]) {
      const world = await openWorld({ config: { sessionSecrets: [secret] } });
      await (await signedInBrowser(world)).visit(`${world.url}/graphcall`);
      await until(() => world.log.some(({ req }) => JSON.stringify(req).includes('"/graphcall"')));
      lines.push(...world.log.map((line) => JSON.stringify(line)));
      await world.close();
    }
    const found = async (secrets: string) =>
      routesIn((await logWho([ADELE], { SESSION_SECRET: secrets }, lines.join('\n'))).stdout);
    const once = ['/getAToken', '/', '/graphcall'];
    expect([await found(NEW), await found(OLD), await found(`${NEW},${OLD}`)]).toEqual([
      once,
      once,
      [...once, ...once],
    ]);
  });
});

describe('without a log', () => {
  const [ofNew, ofOld] = [NEW, OLD].map((secret) => createPseudonyms([secret]));
  const both = { SESSION_SECRET: `${NEW},${OLD}` };
  const objectId = '5eed0000-0000-4000-8000-000000000001';

  test.each<[string, string | undefined]>([
    ['standard input that stays open', undefined],
    ['an empty one', ''],
  ])('%s: the pseudonyms, the newest first', async (_what, input) => {
    expect(await logWho([ADELE], both, input)).toEqual({
      status: 0,
      stdout: `${ofNew?.ofUsername(ADELE)}\n${ofOld?.ofUsername(ADELE)}\n`,
      stderr: '',
    });
    expect((await logWho([objectId], both, input)).stdout).toMatch(
      new RegExp(`^${ofNew?.ofObjectId(objectId)}\n`),
    );
  });

  test('of a list, with whose they are', async () => {
    const list = join(folder, 'list.txt');
    writeFileSync(list, `${objectId} ${ADELE}\n${NIA}\n`);
    const { stdout } = await logWho(['--among', list], { SESSION_SECRET: NEW }, '');
    expect(linesOf(stdout)).toEqual([
      `${ADELE}\t${ofNew?.ofObjectId(objectId)}`,
      `${ADELE}\t${ofNew?.ofUsername(ADELE)}`,
      `${NIA}\t${ofNew?.ofUsername(NIA)}`,
    ]);
  });

  test('the secret may stand in a file, or in .env', async () => {
    const file = join(folder, 'secret');
    writeFileSync(file, `${NEW}\n`, { mode: 0o600 });
    const expected = `${ofNew?.ofUsername(ADELE)}\n`;
    expect((await logWho([ADELE], { SESSION_SECRET_FILE: file }, '')).stdout).toBe(expected);
    writeFileSync(join(folder, '.env'), `SESSION_SECRET=${NEW}\n`, { mode: 0o600 });
    expect((await logWho([ADELE], {}, '')).stdout).toBe(expected);
    rmSync(join(folder, '.env'));
  });

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['no secret', [ADELE], { DATA_DIR: 'nowhere' }, /^SESSION_SECRET is missing: [^\n]+\n$/],
    ['nobody', [], both, /name a user, or a list with --among/],
    ['a log that is not there', [ADELE, 'nowhere.log'], both, /^nowhere\.log cannot be read \(ENOENT\)\n$/],
    [
      'a list that is not there',
      ['--among', 'nowhere.csv'],
      both,
      /^nowhere\.csv cannot be read \(ENOENT\)\n$/,
    ],
  ])('%s is one sentence and 2', async (_what, given, environment, sentence) => {
    const run = await logWho(given, environment, '');
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(sentence);
  });
});
