import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NIA, type Office, openOffice, TENANT } from '../../register/administrator.ts';
import { startProgram } from '../../support/program.ts';

let office: Office;
let usual: string;
beforeAll(async () => {
  office = await openOffice();
  usual = `AUTHORITY=${office.emulator.url}/${TENANT}\n`;
  office.emulator.addFault({
    at: 'devicecode',
    fault: { kind: 'answer', set: { interval: 0.1 } },
    times: 'always',
  });
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
