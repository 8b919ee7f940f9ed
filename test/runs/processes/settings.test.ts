import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed, startEmulator } from '../../../src/emulator/index.ts';
import { type MadeCertificate, makeCertificate, openssl } from '../../daemon/certificates.ts';
import { freePort } from '../../support/free-port.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { ADELE, signedIn } from '../../threats/support/outcome.ts';

const CLIENT_ID = '22222222-2222-4222-8222-222222222222';
const SECRET = 'CANARY-client-secret-0123456789';
const SESSION_SECRET = 'CANARY-session-secret-0123456789';

let folder: string;
let running: Program[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((program) => program.stop('SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}) {
  const port = await freePort();
  const program = startProgram('web', [], {
    folder,
    environment: {
      PORT: String(port),
      EMULATOR_PORT: String(await freePort()),
      DATA_DIR: join(folder, 'data'),
      ...environment,
    },
  });
  running.push(program);
  return { program, url: `http://localhost:${port}` };
}

describe('an .env', () => {
  test.each([
    [
      'with a misspelt name',
      'ALLOWED_TENANT=CANARY\n',
      ['ALLOWED_TENANT is not a setting: did you mean ALLOWED_TENANTS?'],
    ],
    [
      'of a sample',
      'TENANT_ID=CANARY\nSCOPES=CANARY\n',
      [
        'TENANT_ID is not a setting of this app: set AUTHORITY, an address that ends with the tenant',
        'SCOPES is not a setting of this app: set SCOPE',
      ],
    ],
    [
      'in UTF-16',
      Buffer.from('\uFEFFCLIENT_ID=CANARY\n', 'utf16le'),
      ['.env is in UTF-16: save it as UTF-8'],
    ],
    [
      'that sets nothing',
      '# CLIENT_ID=CANARY\n',
      [
        '.env sets nothing: fill in CLIENT_ID and the settings that go with it, or remove the file to try the local emulator',
      ],
    ],
  ])('%s stops the start, and no emulator with it', async (_name, content, lines) => {
    writeFileSync(join(folder, '.env'), content);
    const { program } = await start();
    expect(await program.exited).toBe(2);
    expect(program.output).toEqual({ stdout: '', stderr: `${lines.join('\n')}\n` });
  });

  test('that others can read, with a name that nobody knows, is two warnings and a start', async () => {
    const file = join(folder, '.env');
    writeFileSync(
      file,
      `CLIENT_ID=${CLIENT_ID}\nCLIENT_SECRET=${SECRET}\nSESSION_SECRET=${SESSION_SECRET}\nMINE=1\n`,
    );
    chmodSync(file, 0o644);
    const { program } = await start();
    await program.says(/web app is at/);
    const [first, second] = program.output.stderr.split('\n');
    expect([first, second]).toEqual([
      '.env holds a secret and can be read by every user of this machine: chmod 600 it.',
      '.env: MINE is no setting of this app and was ignored.',
    ]);
    expect(program.output.stderr).not.toContain('CANARY');
  });
});

test('a misspelt name in the environment stops the start', async () => {
  const { program } = await start({ ALLOWED_TENANT: 'CANARY', TENANT_ID: 'not ours' });
  expect(await program.exited).toBe(2);
  expect(program.output.stderr).toBe('ALLOWED_TENANT is not a setting: did you mean ALLOWED_TENANTS?\n');
});

describe('with an emulator that runs beside it', () => {
  let emulator: Emulator;
  let tls: MadeCertificate;
  let keys: string;

  beforeAll(async () => {
    keys = mkdtempSync(join(tmpdir(), 'settings-keys-'));
    tls = makeCertificate(keys, 'app');
    emulator = await startEmulator({
      port: 0,
      strictRegistrations: true,
      seed: readSeed({
        registrations: [
          {
            clientId: CLIENT_ID,
            name: 'The app of this test',
            redirectUris: ['http://localhost/getAToken'],
            secrets: [{ value: SECRET }],
            certificates: [tls.certificate],
          },
        ],
      }),
    });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(keys, { recursive: true, force: true });
  });

  const file = (name: string, content: string | Buffer, mode = 0o600) => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode });
    return path;
  };

  /** Signs Adele in and lists people, which takes the credential twice. */
  async function expectToWork(environment: Record<string, string>): Promise<Program> {
    const { program, url } = await start({
      CLIENT_ID,
      AUTHORITY: `${emulator.baseUrl}/common`,
      SESSION_SECRET,
      ...environment,
    });
    await program.says(/web app is at/);
    const browser = await signedIn({ url, emulator });
    const people = await browser.visit(`${url}/graphcall`);
    expect([people.status, people.text.includes(ADELE)]).toEqual([200, true]);
    return program;
  }

  test('http on this machine is an authority, and Graph’s address follows it', async () => {
    const program = await expectToWork({ CLIENT_SECRET: SECRET });
    expect(program.output.stderr).toContain(`signs people in with ${emulator.baseUrl}/common`);
  });

  test('secrets come from files, whatever stands around them', async () => {
    const program = await expectToWork({
      CLIENT_SECRET_FILE: file('client-secret', `\uFEFF${SECRET}\r\n`),
      SESSION_SECRET: '',
      SESSION_SECRET_FILE: file('session-secret', `${SESSION_SECRET}\n\n`),
    });
    expect(program.output.stdout + program.output.stderr).not.toContain('CANARY');
  });

  test('a certificate among others in one file with its encrypted key', async () => {
    const authority = makeCertificate(folder, 'authority');
    const encrypted = join(folder, 'encrypted.key');
    openssl([
      'pkcs8',
      '-topk8',
      '-in',
      tls.privateKeyFile,
      '-passout',
      'pass:CANARY sesame',
      '-out',
      encrypted,
    ]);
    const all = file(
      'all.pem',
      `Bag Attributes\n${authority.certificate}${openssl(['pkcs8', '-in', encrypted, '-topk8', '-passin', 'pass:CANARY sesame', '-passout', 'pass:CANARY sesame'])}subject=/CN=app\n${tls.certificate}`,
    );
    const program = await expectToWork({
      CLIENT_CERTIFICATE: all,
      CLIENT_PRIVATE_KEY: all,
      CLIENT_PRIVATE_KEY_PASSPHRASE_FILE: file('passphrase', 'CANARY sesame\n'),
    });
    expect(program.output.stderr).not.toMatch(/CANARY|chmod/);
  });

  test.each([
    [
      'an encrypted key without its passphrase',
      { encrypted: true },
      'CLIENT_PRIVATE_KEY is encrypted: put its passphrase into',
    ],
    [
      'an encrypted key with another passphrase',
      { encrypted: true, passphrase: 'CANARY other' },
      'CLIENT_PRIVATE_KEY is not opened by the passphrase in CLIENT_PRIVATE_KEY_PASSPHRASE',
    ],
    [
      'a key in UTF-16',
      { utf16: true },
      'CLIENT_PRIVATE_KEY names a file that is in UTF-16: save it as UTF-8',
    ],
    ['a key of another certificate', { other: true }, 'CLIENT_PRIVATE_KEY must belong to CLIENT_CERTIFICATE'],
  ])(
    '%s stops the start',
    async (_name, { encrypted, utf16, other, passphrase }: Record<string, unknown>, line) => {
      const key = join(folder, 'key.pem');
      if (encrypted)
        openssl(['pkcs8', '-topk8', '-in', tls.privateKeyFile, '-passout', 'pass:CANARY', '-out', key]);
      else writeFileSync(key, utf16 ? Buffer.from(tls.privateKey, 'utf16le') : tls.privateKey);
      const { program } = await start({
        CLIENT_ID,
        SESSION_SECRET,
        CLIENT_CERTIFICATE: other ? makeCertificate(folder, 'other').certificateFile : tls.certificateFile,
        CLIENT_PRIVATE_KEY: key,
        ...(passphrase === undefined ? {} : { CLIENT_PRIVATE_KEY_PASSPHRASE: String(passphrase) }),
      });
      expect(await program.exited).toBe(2);
      const lines = program.output.stderr.split('\n').filter((one) => !one.endsWith('chmod 600 it.'));
      expect(lines).toEqual([expect.stringContaining(line), '']);
      expect(program.output.stderr).not.toContain('CANARY');
    },
  );

  test('a key that every user of the machine can read is a warning', async () => {
    const key = file('open.key', tls.privateKey, 0o644);
    chmodSync(key, 0o644);
    const program = await expectToWork({ CLIENT_CERTIFICATE: tls.certificateFile, CLIENT_PRIVATE_KEY: key });
    expect(program.output.stderr).toContain(
      'CLIENT_PRIVATE_KEY names a file that every user of this machine can read: chmod 600 it.',
    );
  });
});
