import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
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

  /** Runs the daemon on a terminal of its own, which util-linux's `script` makes; what it shows comes back. */
  const onTerminal = (shellCommand: string): Promise<string> => {
    const child = spawn('script', ['-qec', `stty cols 80; ${shellCommand}`, '/dev/null'], {
      cwd: tenant.folder,
      env: { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: tenant.tls.certificateFile },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    return new Promise((resolve) => child.once('close', () => resolve(shown)));
  };
  const daemon = () =>
    `${process.execPath} ${join(process.cwd(), 'dist/main/daemon.js')} ${tenant.parameters()}`;

  test('a progress line counts, says what is waited for, and goes away', async () => {
    const throttled = { kind: 'status', status: 429, headers: { 'Retry-After': '1' }, body: {} };
    tenant.fault('users', throttled);
    const shown = await onTerminal(`${daemon()} --all --top 2 --format ndjson --output users.ndjson`);
    expect(shown).toContain(`${ERASE}0 users, 0 a second, waiting 2 s as Graph asks`);
    const lines = shown.split(ERASE);
    expect(lines).toContainEqual(expect.stringMatching(/^\d+ users, \d+ a second$/));
    expect(lines.at(-1)).toBe('');
  });

  test('there is none where the users themselves are shown, or where it is not wanted', async () => {
    expect(await onTerminal(`${daemon()} --all --top 2 --format table`)).not.toContain(' a second');
    expect(await onTerminal(`${daemon()} --all --output users.json --quiet`)).not.toContain(' a second');
  });

  test('a table is as wide as the terminal', async () => {
    const shown = await onTerminal(`${daemon()} --format table --quiet`);
    const lines = shown.replaceAll('\r', '').split('\n');
    expect(lines[1]?.length).toBe(80);
    expect(lines[0]).toMatch(/^displayName +userPrincipalName +jobTitle +officeLocation$/);
  });
});
