import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig, readEnvFile } from '../../src/config/index.ts';
import { ConfigurationError } from '../../src/errors.ts';

const GOOD = [
  'CLIENT_ID=22222222-2222-4222-8222-222222222222',
  'CLIENT_SECRET=a-client-secret-0123456789',
  'SESSION_SECRET=a-session-secret-for-tests-0123456789',
].join('\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'env-file-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is said of a file with this content: problems, else warnings. */
function said(content: string | Buffer, environment: Record<string, string> = {}, mode = 0o600) {
  const path = join(folder, '.env');
  writeFileSync(path, content);
  chmodSync(path, mode);
  const warnings: string[] = [];
  const short = (line: string) => line.replaceAll(path, '.env');
  try {
    const config = readConfig(environment, {
      file: readEnvFile(path),
      onWarning: (line) => void warnings.push(short(line)),
    });
    return { config, problems: [], warnings };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems.map(short), warnings };
    throw error;
  }
}

test('a good file says nothing, with a byte order mark, Windows line ends and quotes', () => {
  const windows = `\uFEFF${GOOD.replaceAll('\n', '\r\n')}\r\nALLOWED_TENANTS="a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10" # ours\r\n`;
  const { config, problems, warnings } = said(windows);
  expect([problems, warnings]).toEqual([[], []]);
  expect(config?.clientId).toBe('22222222-2222-4222-8222-222222222222');
  expect(config?.allowedTenants).toEqual(['a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10']);
});

test.each([
  ['little-endian, as PowerShell writes it', Buffer.from(`\uFEFF${GOOD}`, 'utf16le')],
  ['big-endian', Buffer.from(`\uFEFF${GOOD}`, 'utf16le').swap16()],
  ['without a mark', Buffer.from(GOOD, 'utf16le')],
])('UTF-16 %s is named as such, and nothing else is said', (_name, content) => {
  expect(said(content).problems).toEqual(['.env is in UTF-16: save it as UTF-8']);
});

test.each([
  ['empty', ''],
  ['of blank lines', ' \n\n'],
  ['of comments', '# CLIENT_ID=x\n#CLIENT_SECRET=y\n'],
  ['of empty values, as the example is', 'CLIENT_ID=\nAUTHORITY=""\nSESSION_SECRET= # later\n'],
])('a file that is %s does not start the emulator', (_name, content) => {
  expect(said(content).problems).toEqual([expect.stringMatching(/^\.env sets nothing: fill in CLIENT_ID/)]);
});

test('a file that sets nothing is no harm where the environment does, and one that sets something starts the emulator', () => {
  const environment = Object.fromEntries(GOOD.split('\n').map((line) => line.split('='))) as Record<
    string,
    string
  >;
  expect(said('', environment).problems).toEqual([]);
  expect(said('PORT=5005\n').config?.usesEmulator).toBe(true);
});

test.each([
  ['CLIENT_SECRET=abc#def~0123456789', 'CLIENT_SECRET'],
  ['CLIENT_SECRET=#abcdef', 'CLIENT_SECRET'],
  ['SESSION_SECRET=a-session-secret-for-tests-0123456789#more', 'SESSION_SECRET'],
  ['REDIS_URL=rediss://:pass#word@redis.example:6379', 'REDIS_URL'],
  ['export CLIENT_SECRET=abc#def', 'CLIENT_SECRET'],
  ["CLIENT_SECRET='abc#def", 'CLIENT_SECRET'],
])('%s is noticed to be cut off', (line, name) => {
  const rest = GOOD.split('\n').filter((one) => !one.startsWith(`${name}=`));
  const { problems } = said([...rest, line].join('\n'));
  expect(problems).toContain(`${name} is cut off at a # in .env: put it in quotes`);
  expect(problems.join()).not.toMatch(/abc|def|pass#|#word|more/);
});

test.each([
  'CLIENT_SECRET="abc#def~0123456789"',
  "CLIENT_SECRET='abc#def~0123456789' # in quotes",
  'CLIENT_SECRET=abcdef~0123456789 # a comment',
  'CLIENT_SECRET="abc#def~0123456789"# close by',
  'CLIENT_SECRET=abcdef~0123456789\nPORT=5005#no secret',
])('%s is whole', (line) => {
  const rest = GOOD.split('\n').filter((one) => !one.startsWith('CLIENT_SECRET='));
  expect(said([...rest, line].join('\n')).problems).toEqual([]);
});

test('a setting that stands there twice is no riddle of order', () => {
  expect(said(`${GOOD}\nCLIENT_ID=\n`).problems).toContain(
    'CLIENT_ID stands in .env more than once: keep one',
  );
});

test.each([
  ['ALLOWED TENANTS=a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10', 'ALLOWED_TENANTS'],
  ['ALLOWED_TENANTS a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10', 'ALLOWED_TENANTS'],
  ['$env:ALLOWED_TENANTS = "a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10"', 'ALLOWED_TENANTS'],
  ['set ALLOWED_TENANT=a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10', 'ALLOWED_TENANTS'],
])('the line %s is no setting', (line, name) => {
  expect(said(`# one\n${line}\n${GOOD}`).problems).toEqual([
    `.env line 2 is not NAME=value: did you mean ${name}?`,
  ]);
});

test('other lines and other names are a warning each', () => {
  const more = 'DATABASE_URL=x\nREDIS_HOST=y\nNODE_OPTIONS=z\nsome words\nKEY="two\nlines"\n';
  expect(said(`${GOOD}\n${more}`)).toMatchObject({
    problems: [],
    warnings: [
      '.env: what is not NAME=value was ignored, in line 7.',
      '.env: DATABASE_URL, REDIS_HOST, KEY are no settings of this app and were ignored.',
    ],
  });
});

test('a file that others can read is a warning, where it holds a secret', () => {
  const warning = '.env holds a secret and can be read by every user of this machine: chmod 600 it.';
  expect(said(GOOD, {}, 0o644).warnings).toEqual([warning]);
  expect(said(GOOD, {}, 0o640).warnings).toEqual([]);
  expect(said('PORT=5005\n', {}, 0o644).warnings).toEqual([]);
});

test('the environment wins, and names of both are looked at', () => {
  const { config } = said(`${GOOD}\nPORT=5005\n`, { PORT: '5006' });
  expect(config?.port).toBe(5006);
  expect(said(`${GOOD}\nTENANT_ID=x\n`, { ALLOWED_TENANT: 'y', TENANT_ID: 'z' }).problems).toEqual([
    'TENANT_ID is not a setting of this app: set AUTHORITY, an address that ends with the tenant',
    'ALLOWED_TENANT is not a setting: did you mean ALLOWED_TENANTS?',
  ]);
});
