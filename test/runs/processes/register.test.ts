import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NIA, type Office, openOffice, TENANT } from '../../register/administrator.ts';
import { startProgram } from '../../support/program.ts';
import { until } from '../../support/until.ts';

/** People need not wait for a program that asks every five seconds. */
const OFTEN = {
  at: 'devicecode',
  fault: { kind: 'answer', set: { interval: 0.1 } },
  times: 'always',
} as const;

let office: Office;
let usual: string;
beforeAll(async () => {
  office = await openOffice();
  usual = `AUTHORITY=${office.emulator.url}/${TENANT}\n`;
  office.emulator.addFault(OFTEN);
});
afterAll(() => office.close());

/** Starts the program beside the `.env`, and waits for its code. */
async function start(given: string[]) {
  office.writeEnv(usual);
  const program = startProgram('register', given, { folder: dirname(office.envFile) });
  await program.says(/enter the code \S+ within/);
  const [, code = ''] = /enter the code (\S+)/.exec(program.output.stderr) ?? [];
  return { program, code };
}

test('the program does what it is asked for, and reads and writes .env beside it', async () => {
  const { program, code } = await start(['--apply']);
  await office.answer(NIA)(code);
  expect(await program.exited).toBe(0);
  expect(program.output.stdout).toContain('done: CLIENT_ID into .env');
  expect(office.env()).toMatch(/^AUTHORITY=.*\nCLIENT_ID=\S+\nCLIENT_SECRET=\S+\nSESSION_SECRET=\S+\n$/);
});

test('Ctrl-C while nobody has entered the code ends it with 130, and nothing is changed', async () => {
  const apps = office.emulator.registrations.length;
  const { program } = await start(['--apply', '--name', 'Another']);
  expect(await program.stop('SIGINT')).toBe(130);
  expect(program.output.stderr).toContain('Interrupted. Nothing was changed.');
  expect([office.env(), office.emulator.registrations.length]).toEqual([usual, apps]);
});

test('Ctrl-C in the middle ends it with 130; what is done stays, and another run goes on with one registration', async () => {
  const apps = office.emulator.registrations.length;
  const given = ['--apply', '--name', 'Interrupted', '--daemon', '--consent'];
  const { program, code } = await start(given);
  await office.answer(NIA)(code);
  await until(() => program.output.stdout.includes('done: '));
  office.emulator.addFault({ at: 'other', times: 'always', fault: { kind: 'hang' } });
  expect(await program.stop('SIGINT')).toBe(130);
  expect(program.output.stderr).toMatch(/Interrupted. \d+ changes? (was|were) made and stay; start it again/);
  office.emulator.clearFaults();
  office.emulator.addFault(OFTEN);
  const again = await start(given);
  await office.answer(NIA)(again.code);
  expect(await again.program.exited).toBe(0);
  expect(office.emulator.registrations.length).toBe(apps + 1);
  expect(office.env()).toMatch(/CLIENT_ID=\S+\nCLIENT_SECRET=\S+\n/);
});

test('Ctrl-C while a secret is made waits until it stands in .env, and makes nothing more', async () => {
  const { program, code } = await start(['--apply', '--name', 'Slowly']);
  office.emulator.addFault({ at: 'other', path: 'addPassword', fault: { kind: 'drip', byteEveryMs: 5 } });
  const before = office.emulator.ledger().length;
  await office.answer(NIA)(code);
  const isAsked = () =>
    office.emulator
      .ledger()
      .slice(before)
      .some(({ path }) => path.endsWith('/addPassword'));
  await until(isAsked);
  expect(await program.stop('SIGINT')).toBe(130);
  const [, secret = ''] = /^CLIENT_SECRET=(\S+)$/m.exec(office.env()) ?? [];
  const app = office.emulator.registrations.find(({ name }) => name === 'Slowly');
  expect(app?.secrets.map(({ value }) => value)).toEqual([secret]);
  expect(office.env()).not.toContain('SESSION_SECRET');
});
