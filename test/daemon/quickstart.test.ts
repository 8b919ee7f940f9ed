import { chmodSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { JWT } from '../support/jwt.ts';
import { startProgram } from '../support/program.ts';
import { CLIENT_ID, openTenant, SECRET, TENANT_ID, type Tenant } from './tenant.ts';

const ADA = { displayName: 'Ada Lovelace', mail: 'ada@contoso.example', id: '1' };
const GRACE = { displayName: 'Grace Hopper', mail: null, id: '2' };

describe('the quickstart', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant();
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  test('its own file gets a token and prints one page of users as JSON', async () => {
    tenant.rows([ADA, GRACE]);
    expect(await tenant.run([tenant.parameters()])).toEqual({
      status: 0,
      stdout: `${JSON.stringify([ADA, GRACE], null, 2)}\n`,
      stderr: 'No suitable token in the cache: asking the identity platform for a new one.\n',
    });
    expect(tenant.asked(/\/v1\.0\/users$/)).toMatchObject([{ query: {} }]);
    expect(tenant.asked(/\/oauth2\/v2\.0\/token$/)).toMatchObject([
      {
        body: {
          grant_type: 'client_credentials',
          scope: 'https://graph.microsoft.com/.default',
          client_id: CLIENT_ID,
        },
      },
    ]);
  });

  test('its extra keys do no harm, and an unknown one is named', async () => {
    const file = tenant.parameters({ note: 'placeholders', oidc_authority: null, endpoinr: 'x' });
    const { status, stderr } = await tenant.run([file]);
    expect(status).toBe(0);
    expect(stderr).toContain('"endpoinr" is not known');
    expect(stderr).not.toContain('"note"');
  });

  test('a commented copy is refused with a sentence that says so', async () => {
    const file = tenant.file('commented.json', '{\n  // the tenant\n  "authority": "https://x/"\n}\n');
    expect(await tenant.run([file])).toEqual({
      status: 2,
      stdout: '',
      stderr: `${file}: holds a comment in line 2, and JSON has no comments: remove what begins with // or /*\n`,
    });
  });

  test('a file with a secret that others can read is said to be one', async () => {
    const file = tenant.parameters();
    chmodSync(file, 0o644);
    const { status, stderr } = await tenant.run([file]);
    expect(status).toBe(0);
    expect(stderr).toContain(`${file} holds a secret and can be read by every user of this machine`);
  });

  test('the secret can come from the environment', async () => {
    const file = tenant.parameters({ secret: 'Enter_the_Client_Secret_Here' });
    const { status, stderr } = await tenant.run([file], { CLIENT_SECRET: SECRET });
    expect(status).toBe(0);
    expect(stderr).not.toContain('chmod');
  });

  test('says that there are more users, and with --quiet says nothing', async () => {
    const file = tenant.parameters();
    expect((await tenant.run([file, '--top', '2'])).stderr).toContain(
      'There are more users: --all lists them.',
    );
    expect((await tenant.run([file, '--top', '2', '--quiet'])).stderr).toBe('');
  });

  test('--verbose tells the steps, and neither stream holds the secret or the token', async () => {
    const { status, stdout, stderr } = await tenant.run([tenant.parameters(), '--verbose']);
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /Reading .*\/v1\.0\/users .*\n.*\nThere is a new access token\.\nMicrosoft Graph answered 200/s,
    );
    expect(stdout + stderr).not.toContain(SECRET);
    expect(stdout + stderr).not.toMatch(JWT);
  });

  test('follows every page with --all, the same headers each time', async () => {
    const { status, stdout } = await tenant
      .run([
        ...[
          tenant.parameters(),
          '--all',
          '--top',
          '2',
          '--format',
          'ndjson',
          '--filter',
          "startsWith(id,'')",
        ],
        ...['--select', 'id,displayName'],
      ])
      .then((run) => run);
    const asked = tenant.asked(/\/v1\.0\/users$/);
    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => Object.keys(JSON.parse(line) as object)),
    ).toEqual(Array.from({ length: 5 }, () => ['id', 'displayName']));
    expect(asked.map(({ headers }) => headers.consistencylevel)).toEqual([
      'eventual',
      'eventual',
      'eventual',
    ]);
    expect(asked.map(({ query }) => query.$select)).toEqual(
      Array.from({ length: 3 }, () => 'id,displayName'),
    );
  });

  test('searches names and addresses, whatever the text holds', async () => {
    await tenant.run([tenant.parameters(), '--search', 'a "b" \\ &$top=1']);
    expect(tenant.asked(/users$/)).toMatchObject([
      {
        query: {
          $search:
            '"displayName:a \\"b\\" \\\\ &$top=1" OR "mail:a \\"b\\" \\\\ &$top=1" OR "userPrincipalName:a \\"b\\" \\\\ &$top=1"',
          $count: 'true',
        },
      },
    ]);
  });

  test('a claims challenge of Graph is answered with a new token, once', async () => {
    tenant.fault('users', { kind: 'claims-challenge' });
    expect((await tenant.run([tenant.parameters()])).status).toBe(0);
    const tokens = tenant.asked(/token$/);
    expect(tokens).toHaveLength(2);
    expect(JSON.parse(tokens[1]?.body.claims ?? '')).toMatchObject({
      access_token: { nbf: { essential: true } },
    });
  });
});

describe('without a parameters file', () => {
  test('lists made-up users and says so', async () => {
    const program = startProgram('daemon', ['--format', 'ndjson']);
    expect(await program.exited).toBe(0);
    expect(program.output.stdout.trim().split('\n')).toHaveLength(100);
    expect(program.output.stderr).toMatch(/^No parameters file: .* local emulator, not of Microsoft\.\n/);
  });

  test('is refused in production', async () => {
    const program = startProgram('daemon', [], { environment: { NODE_ENV: 'production' } });
    expect(await program.exited).toBe(2);
    expect(program.output.stderr).toContain('NODE_ENV is production');
  });
});

describe('--admin-consent-url', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant();
    tenant.file('real.json', realParameters);
  });
  afterAll(() => tenant.close());

  const realParameters = JSON.stringify({
    authority: `https://login.microsoftonline.com/${TENANT_ID}`,
    client_id: CLIENT_ID,
    secret: SECRET,
  });

  test('prints only the URL', async () => {
    expect(await tenant.run(['real.json', '--admin-consent-url'])).toEqual({
      status: 0,
      stdout: `https://login.microsoftonline.com/${TENANT_ID}/v2.0/adminconsent?client_id=${CLIENT_ID}&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default\n`,
      stderr: '',
    });
  });

  test('prints the quickstart’s own on request', async () => {
    const { stdout } = await tenant.run(['real.json', '--admin-consent-url', '--consent-endpoint', 'v1']);
    expect(stdout).toBe(
      `https://login.microsoftonline.com/${TENANT_ID}/adminconsent?client_id=${CLIENT_ID}\n`,
    );
  });
});
