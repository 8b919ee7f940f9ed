import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { builtProgram, CTRL_C, startOnTerminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';
import { openTenant, type Tenant } from './tenant.ts';

/** Carriage return, then "erase to the end of the line". */
const ERASE = '\r\u001b[K';

describe('on a terminal', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant({ users: 7 });
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  /** Runs the daemon on a terminal of its own. @returns what it showed */
  const onTerminal = async (flags: string): Promise<string> => {
    const terminal = start(flags);
    await terminal.exited;
    return terminal.shown();
  };
  const start = (flags: string) =>
    startOnTerminal(`${builtProgram('daemon')} ${tenant.parameters()} ${flags}`, {
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
});
