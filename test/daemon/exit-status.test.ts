import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { CLIENT_ID, openTenant, SECRET, TENANT_ID, type Tenant } from './tenant.ts';

const WHERE = String.raw`correlation id [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}, \d{4}-\d\d-\d\dT[\d:.]+Z`;

describe('the exit statuses', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant();
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  test('0: done', async () => {
    expect((await tenant.run([tenant.parameters()])).status).toBe(0);
  });

  test('1: a full disk, in one line', async () => {
    if (process.platform !== 'linux') return;
    const { status, stderr } = await tenant.run([tenant.parameters(), '--quiet', '--output', 'full.json'], {
      NODE_OPTIONS: `--import ${tenant.file('full-disk.mjs', FULL_DISK)}`,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^There is no space left to write the list to\. \(ENOSPC\)[^\n]*\nfull\.json was not written\.\n$/,
    );
  });

  test.each([
    [['--bogus'], "error: unknown option '--bogus'"],
    [['--top', '1000'], 'from 1 to 999'],
    [['--format', 'xml'], 'Allowed choices are json, ndjson, csv, table'],
    [['--select', 'a b'], 'names of properties'],
    [['--search', ''], 'a text in one line'],
    [['--max-wait', '-1'], 'from 0 to 86400'],
    [['--resume', '--all'], '--resume needs --output'],
    [['--resume', '--output', 'x'], '--resume needs --all'],
    [['--resume', '--all', '--output', 'x', '--format', 'table'], 'cannot go on with a table'],
    [['--quiet', '--verbose'], 'exclude each other'],
    [['one.json', 'two.json'], 'too many arguments'],
    [['--admin-consent-url'], 'needs a parameters file'],
    [['--token-cache', 'x'], 'needs a parameters file'],
    [['nowhere.json'], 'nowhere.json: there is no such file'],
    [['.'], '.: cannot be read (EISDIR)'],
  ])('2: %j', async (daemonArguments, sentence) => {
    const { status, stdout, stderr } = await tenant.run(daemonArguments);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('0: help and version, read to the end or not', async () => {
    const { status, stdout, stderr } = await tenant.run(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Examples:');
    expect((await tenant.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const unread = tenant.start(['--help']);
    unread.process.stdout?.destroy();
    expect(await unread.exited).toBe(0);
    expect(unread.output.stderr).toBe('');
  });

  test('2: a file with several faults names them all, and no value', async () => {
    const file = tenant.parameters({
      authority: 'https://login.microsoftonline.com/common',
      client_id: 'S3cret',
    });
    const { status, stderr } = await tenant.run([file]);
    expect(status).toBe(2);
    expect(stderr).toBe(
      `${file}: authority must end with one tenant: an app has an identity of its own in each tenant, and common, organizations and consumers name none\n` +
        `${file}: client_id must be the Application (client) ID of the registration, a GUID\n`,
    );
  });

  test('2: an output that is no file, or cannot be one', async () => {
    for (const output of ['/dev/null', 'no/such/folder.json', '.']) {
      const { status, stderr } = await tenant.run([tenant.parameters(), '--output', output]);
      expect(status).toBe(2);
      expect(stderr).toContain(`--output ${output}`);
    }
    expect(tenant.asked(/token$/)).toEqual([]);
  });

  test('3: the platform refuses the app, its code and what to do', async () => {
    const file = tenant.parameters({ secret: 'not-the-secret' });
    const { status, stdout, stderr } = await tenant.run([file, '--quiet']);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `^The identity platform refused this app\\. The secret is wrong: [^\\n]* \\(AADSTS7000215, ${WHERE}\\)\\n$`,
      ),
    );
    expect(stderr).not.toContain('not-the-secret');
  });

  test.each([
    ['an unknown app', { client_id: '44444444-4444-4444-8444-444444444444' }, 'AADSTS700016'],
    ['an unknown scope', { scope: 'https://nobody.example/.default' }, 'AADSTS500011'],
  ])('3: %s', async (_name, changes, code) => {
    const { status, stderr } = await tenant.run([tenant.parameters(changes), '--quiet']);
    expect({ status, code: stderr.includes(code) }).toEqual({ status: 3, code: true });
  });

  test('3: an unknown tenant', async () => {
    const authority = `${tenant.emulator.baseUrl}/99999999-9999-4999-8999-999999999999`;
    const { status, stderr } = await tenant.run([tenant.parameters({ authority }), '--quiet']);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^The identity platform knows no such tenant: look at the authority\. Microsoft says: "[^\n]+" \(AADSTS90002, /,
    );
  });

  test('3: Graph refuses the token, the new one too', async () => {
    const body = { error: { code: 'InvalidAuthenticationToken', message: 'x' } };
    tenant.fault('users', { kind: 'status', status: 401, body }, { times: 'always' });
    const { status, stderr } = await tenant.run([tenant.parameters(), '--quiet']);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^The access token was refused\. Microsoft says: "x" \(InvalidAuthenticationToken, /,
    );
    expect(tenant.asked(/users$/)).toHaveLength(2);
  });

  test('4: a permission is missing, and the ready consent URL', async () => {
    const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges <b>' } };
    tenant.fault('users', { kind: 'status', status: 403, body });
    const { status, stdout, stderr } = await tenant.run([tenant.parameters(), '--quiet']);
    const url = `${tenant.emulator.baseUrl}/${TENANT_ID}/v2.0/adminconsent?client_id=${CLIENT_ID}&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default`;
    expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Insufficient privileges to complete the operation\\. Microsoft says: "Insufficient privileges <b>" \\(Authorization_RequestDenied, ${WHERE}\\)$`,
        ),
      ),
      'The app needs User.Read.All as an application permission, and an administrator of the tenant has to consent to it:',
      url,
      '',
    ]);
  });

  test('5: nobody is there', async () => {
    const port = await freePort();
    const file = tenant.parameters({ endpoint: `http://localhost:${port}/v1.0/users` });
    const { status, stderr } = await tenant.run([file, '--max-wait', '0', '--quiet']);
    expect(status).toBe(5);
    expect(stderr).toMatch(
      new RegExp(
        `^Microsoft Graph could not be reached\\. [^\n]*refused[^\n]* \\(graph_unreachable, ${WHERE}\\)\\n$`,
      ),
    );
  });

  test('5: somebody who never speaks HTTP', async () => {
    const silent = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const file = tenant.parameters({ endpoint: `http://127.0.0.1:${port}/v1.0/users` });
    expect((await tenant.run([file, '--max-wait', '0'])).status).toBe(5);
    silent.close();
  });

  test('a secret never reaches a stream, whatever happens', async () => {
    chmodSync(tenant.parameters(), 0o600);
    const broken = tenant.file('broken.json', `{ "secret": "${SECRET}" "client_id": 1 }`);
    const { status, stderr } = await tenant.run([broken]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^\S+broken\.json: is not JSON( in line 1)?: look for a missing comma, quote or brace\n$/,
    );
    expect(join(stderr)).not.toContain(SECRET);
  });
});

/** Makes the writing of files fail, as on a full disk. */
const FULL_DISK = `
import { open } from 'node:fs/promises';
const handle = await open(process.execPath);
Object.getPrototypeOf(handle).appendFile = async () => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
await handle.close();
`;
