import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { builtProgram, CTRL_C, startOnTerminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';
import { openTenant, type Tenant } from './tenant.ts';

/** Carriage return, then "erase to the end of the line". */
const ERASE = '\r\u001b[K';

/** Control characters (C0, DEL, C1), line and paragraph separators, and every character that turns the direction. */
const COMMANDS = [
  ...Array.from({ length: 0x20 }, (_, code) => code),
  ...Array.from({ length: 0x21 }, (_, index) => 0x7f + index),
  ...[0x061c, 0x200e, 0x200f, 0x2028, 0x2029],
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
].map((code) => String.fromCodePoint(code));
/** What the terminal's own line ends are made of. */
const LINE_ENDS = ['\r', '\n'];
/** Ends a text and begins a command: sets the title, clears, and turns the direction. */
const EVIL = `${COMMANDS.join('x')}\u001b]0;owned\u0007\u001b[2J\u202egpj.exe`;
const ROWS = [{ displayName: `Eve ${EVIL}`, businessPhones: [EVIL], [`extension_${EVIL}`]: EVIL, id: '1' }];

const commandsIn = (shown: string) =>
  COMMANDS.filter((command) => !LINE_ENDS.includes(command) && shown.includes(command));

describe('on a terminal', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant({ users: 7 });
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  /** Runs the daemon on a terminal of its own. @returns what it showed */
  const onTerminal = async (flags: string, file?: string): Promise<string> => {
    const terminal = start(flags, file);
    await terminal.exited;
    return terminal.shown();
  };
  const start = (flags: string, file = tenant.parameters()) =>
    startOnTerminal(`${builtProgram('daemon')} '${file}' ${flags}`, {
      folder: tenant.folder,
      environment: { NODE_EXTRA_CA_CERTS: tenant.tls.certificateFile },
    });

  test('a progress line counts, says what is waited for, and goes away', async () => {
    const throttled = { kind: 'status', status: 429, headers: { 'Retry-After': '1' }, body: {} };
    tenant.fault('users', throttled);
    const shown = await onTerminal(`--all --top 2 --format ndjson --output users.ndjson`);
    expect(shown).toContain(`${ERASE}0 users, 0 a second, waiting 2 s as Graph asks`);
    const lines = shown.split(ERASE);
    expect(lines).toContainEqual(expect.stringMatching(/^\d+ users, \d+ a second$/));
    expect(lines.at(-1)).toBe('');
  });

  test('there is none where the users themselves are shown, or where it is not wanted', async () => {
    expect(await onTerminal(`--all --top 2 --format table`)).not.toContain(' a second');
    expect(await onTerminal(`--all --output users.json --quiet`)).not.toContain(' a second');
  });

  test('a table is as wide as the terminal', async () => {
    const shown = await onTerminal(`--format table --quiet`);
    const lines = shown.replaceAll('\r', '').split('\n');
    expect(lines[1]?.length).toBe(80);
    expect(lines[0]).toMatch(/^displayName +userPrincipalName +jobTitle +officeLocation$/);
  });

  test.each(['ndjson', 'table'])(
    'Ctrl-C while %s goes into a file ends with 130 and says so',
    async (format) => {
      tenant.fault('users', { kind: 'hang' });
      const terminal = start(`--all --top 2 --format ${format} --output interrupted.txt`);
      await until(() => tenant.asked(/\/v1\.0\/users$/).length > 0);
      terminal.press(CTRL_C);
      expect(await terminal.exited).toBe(130);
      expect(terminal.shown()).toMatch(/Interrupted: interrupted\.txt was not written\.\r\n$/);
    },
  );

  test('a table into a file has its progress line', async () => {
    const shown = await onTerminal('--all --top 2 --format table --output users.txt');
    expect(shown).toMatch(/\d users, \d+ a second/);
    expect(readFileSync(join(tenant.folder, 'users.txt'), 'utf8')).toMatch(/^displayName +userPrincipalName/);
  });

  test.each(['json', 'ndjson', 'csv', 'table'])(
    'it is given no command that stands in the directory, in %s',
    async (format) => {
      tenant.rows(ROWS);
      const shown = await onTerminal(`--format ${format} --quiet`);
      expect(shown).toContain('Eve ');
      expect(commandsIn(shown)).toEqual([]);
      if (format === 'json') expect(JSON.parse(shown)).toEqual(ROWS);
      if (format === 'ndjson') expect(JSON.parse(shown)).toEqual(ROWS[0]);
      if (format === 'csv') expect(shown.trim().split('\r\n')).toHaveLength(2);
    },
  );

  test.each(['json', 'ndjson', 'csv'])(
    'files and pipes get the directory as it is, in %s',
    async (format) => {
      const given = ['--format', format, '--quiet'];
      tenant.rows(ROWS);
      const { stdout } = await tenant.run([tenant.parameters(), ...given]);
      tenant.rows(ROWS);
      await onTerminal(`${given.join(' ')} --output users.txt`);
      const written = readFileSync(join(tenant.folder, 'users.txt'), 'utf8');
      expect(written).toBe(stdout);
      if (format === 'csv') expect(written).toContain(`Eve ${EVIL.replaceAll('"', '""')}`);
      else expect(JSON.parse(written)).toEqual(format === 'json' ? ROWS : ROWS[0]);
    },
  );

  test.each([
    [
      "--quiet --output 'users\u001b[2J/x.json'",
      undefined,
      '--output users\ufffd[2J/x.json cannot be written',
    ],
    ["'--\u001b[2J\u202e'", undefined, "unknown option '--\ufffd[2J\ufffd'"],
    ["--search 'x\u001b[2J'", undefined, "argument 'x\ufffd[2J' is invalid"],
    ['', '\u001b[2J\u202e.json', '\ufffd[2J\ufffd.json: authority is missing'],
  ])('nor any other: %j, %j', async (flags, name, sentence) => {
    const members = JSON.stringify({ '\u001b[2J\u009b2J': 1 });
    const shown = await onTerminal(flags, name === undefined ? name : tenant.file(name, members));
    expect(shown).toContain(sentence);
    expect(commandsIn(shown)).toEqual([]);
  });

  test('nor one in the name of an unknown member', async () => {
    const shown = await onTerminal('', tenant.parameters({ 'a\u001b[2J\u009b\u202eb': 1 }));
    expect(shown).toContain('"a\ufffd[2J\ufffd\ufffdb" is not known');
    expect(commandsIn(shown)).toEqual([]);
  });
});
