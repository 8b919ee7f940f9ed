import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../support/free-port.ts';
import { startProgram } from '../../support/program.ts';
import { builtProgram, startOnTerminal } from '../../support/terminal.ts';

/** Erases a screen, names a window, turns a direction, and once more in one byte. */
const COMMANDS = '\u001b[2J\u001b]0;owned\u0007\u202e\u009b2J';
const OBEYED = /(?![\r\n])[\p{Cc}\p{Bidi_Control}]/u;
const ADELE = 'adele@contoso.example';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-line-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(program: string, given: string[]) {
  const environment = { EMULATOR_PORT: String(await freePort()), SESSION_SECRET: 's'.repeat(32) };
  const started = startProgram(program, given, { folder, environment });
  const status = await started.exited;
  return { status, ...started.output };
}

describe.each(['daemon', 'doctor', 'emulator', 'log-who', 'register', 'sessions'])('%s', (program) => {
  test('an option that there is not is named, as text, with what to do', async () => {
    const { status, stdout, stderr } = await run(program, [`--${COMMANDS}colour`]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(OBEYED);
    expect(stderr).toMatch(/unknown option '--\ufffd\[2J\ufffd\]0;owned.*colour' \(see --help\)\n$/);
  });

  test('--help ends well and says what can be given', async () => {
    const { status, stdout, stderr } = await run(program, ['--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: /);
  });
});

test.each([
  ['daemon', 2, ['--top', COMMANDS]],
  ['daemon', 2, ['--format', COMMANDS]],
  ['daemon', 2, ['--search', COMMANDS]],
  ['daemon', 2, [`${COMMANDS}.json`]],
  ['daemon', 2, ['one.json', COMMANDS]],
  ['doctor', 2, ['--timeout', COMMANDS]],
  ['doctor', 2, [COMMANDS]],
  ['emulator', 2, ['--port', COMMANDS]],
  ['emulator', 2, ['--seed', COMMANDS]],
  ['emulator', 2, ['--tls-cert', COMMANDS, '--tls-key', COMMANDS]],
  ['emulator', 2, ['--host', COMMANDS]],
  ['emulator', 2, ['--port', '0', '--listen-everywhere', '--allow-host', COMMANDS]],
  ['emulator', 2, [COMMANDS]],
  ['log-who', 2, [ADELE, COMMANDS]],
  ['log-who', 2, ['--among', COMMANDS]],
  ['log-who', 2, [ADELE, 'log', COMMANDS]],
  ['register', 2, ['--app-role', COMMANDS]],
  ['register', 2, ['--certificate', COMMANDS]],
  ['sessions', 2, [COMMANDS]],
  ['sessions', 2, ['list', ADELE, COMMANDS]],
])('%s ends with %i and shows what was typed as text: %j', async (program, status, given) => {
  const ended = await run(program, given);
  expect([ended.status, ended.stderr.trim() === '']).toEqual([status, false]);
  expect(`${ended.stdout}${ended.stderr}`).not.toMatch(OBEYED);
});

test('lines that log:who finds are text on a terminal, and as they are in a pipe', async () => {
  const pseudonym = (await run('log-who', [ADELE])).stdout.trim();
  const line = `{"name":"${pseudonym}","said":"${COMMANDS}"}`;
  writeFileSync(join(folder, 'app.log'), `${line}\n`);
  expect((await run('log-who', [ADELE, 'app.log'])).stdout).toBe(`${line}\n`);
  const terminal = startOnTerminal(`${builtProgram('log-who')} ${ADELE} app.log`, {
    folder,
    environment: { SESSION_SECRET: 's'.repeat(32) },
  });
  expect(await terminal.exited).toBe(0);
  expect(terminal.shown()).toContain(pseudonym);
  expect(terminal.shown()).not.toMatch(OBEYED);
});
