import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { refuseNetworkFileSystem } from '../../src/sessions/store/sqlite/network-file-systems.ts';
import { type MadeCertificate, makeCertificate } from '../daemon/certificates.ts';
import { openConnectProxy } from '../support/connect-proxy.ts';
import { openEmulator } from '../support/emulator.ts';
import { freePort } from '../support/free-port.ts';
import { startRedis } from '../support/redis.ts';
import {
  EXPIRED,
  type Finding,
  HOME,
  openPatient,
  type Patient,
  SECRET,
  SESSION_SECRET,
  TENANT,
} from './patient.ts';

const READER = '99999999-9999-4999-8999-999999999999';
const NOBODY = '55555555-5555-4555-8555-555555555555';
const [LOST, AWAY] = ['66666666-6666-4666-8666-666666666666', '77777777-7777-4777-8777-777777777777'];

let patient: Patient;
/** That no registration knows. */
let certificate: MadeCertificate;
beforeAll(async () => {
  patient = await openPatient([
    { clientId: LOST, secrets: [{ value: SECRET }], redirectUris: [`${HOME}other`] },
    {
      clientId: READER,
      secrets: [{ value: SECRET }],
      redirectUris: [`${HOME}getAToken`, HOME],
      applicationPermissions: ['User.Read.All', 'Directory.Read.All'],
      adminConsented: true,
    },
    { clientId: AWAY, secrets: [{ value: SECRET }], redirectUris: [`${HOME}getAToken`] },
  ]);
  certificate = makeCertificate(patient.folder, 'one');
});
afterEach(() => {
  patient.emulator.clearFaults();
  delete process.env.HTTPS_PROXY;
});
afterAll(() => patient.close());

const statesOf = (findings: Finding[]) =>
  Object.fromEntries(findings.map(({ looked, state }) => [looked, state]));
const faultsOf = (findings: Finding[]) => findings.filter(({ state }) => state === 'fault');

function terminalOf() {
  return {
    isTTY: true,
    text: '',
    write(text: string) {
      this.text += text;
      return true;
    },
  };
}

/** The only fault that there is, with the exit status. */
async function onlyFault(...given: Parameters<Patient['findings']>): Promise<Finding & { status: number }> {
  const { status, findings } = await patient.findings(...given);
  const [fault, ...more] = faultsOf(findings);
  expect(more).toEqual([]);
  return { status, looked: '', state: '', what: '', ...fault };
}

describe('an app that is in order', () => {
  test('is looked at from the settings to the disk', async () => {
    const { status, findings } = await patient.findings();
    expect(status).toBe(0);
    expect(statesOf(findings)).toEqual({
      settings: 'well',
      dns: 'well',
      proxy: 'well',
      connection: 'well',
      tls: 'well',
      clock: 'well',
      authority: 'well',
      client: 'well',
      credential: 'well',
      'redirect-uri': 'well',
      graph: 'well',
      'application-permissions': 'well',
      'delegated-permissions': 'unseen',
      store: 'well',
      disk: 'well',
    });
  });

  test('has its lines in a pipe without colours, on a terminal with them, and with NO_COLOR without', async () => {
    const terminal = terminalOf();
    const { stdout: piped, stderr } = await patient.examine();
    expect(piped).toMatch(
      /^ok {8}settings {17}The settings .*Nothing is wrong with what could be looked at\.\n$/s,
    );
    expect(`${piped}${stderr}`).not.toContain('\u001b');
    await patient.examine({}, [], { stdout: terminal });
    expect(terminal.text).toContain('\u001b[32mok        \u001b[0msettings');
    const plain = terminalOf();
    await patient.examine({ NO_COLOR: '1' }, [], { stdout: plain });
    expect(plain.text).not.toContain('\u001b');
  });

  test('says what it looks at on a terminal while that takes its time', async () => {
    const stderr = terminalOf();
    await patient.examine({}, [], { stderr });
    expect(stderr.text).toContain('\r\u001b[KLooking at credential …');
    expect(stderr.text.endsWith('\r\u001b[K')).toBe(true);
  });

  test('needs no Microsoft without a CLIENT_ID', async () => {
    const changed = { CLIENT_ID: '', CLIENT_SECRET: '', AUTHORITY: '', BASE_URL: '' };
    const { status, findings } = await patient.findings(changed);
    expect([status, statesOf(findings)]).toEqual([
      0,
      { settings: 'well', authority: 'well', store: 'well', disk: 'well' },
    ]);
    expect(findings[1]?.what).toContain('npm start serves with the local emulator');
  });
});

test('no report holds a secret, whatever is wrong', async () => {
  const changes = [
    {},
    { CLIENT_SECRET: EXPIRED },
    { REDIS_URL: 'redis://user:pass-word@127.0.0.1:1' },
    { BASE_URL: SECRET },
  ];
  for (const changed of changes) {
    const { stdout, stderr } = await patient.examine(changed);
    for (const secret of [SECRET, EXPIRED, SESSION_SECRET, 'pass-word'])
      expect(`${stdout}${stderr}`).not.toContain(secret);
  }
});

test('a terminal obeys nothing that the authority says', async () => {
  patient.fault('metadata', {
    kind: 'answer',
    set: { issuer: `${patient.emulator.url}/\u001b]0;owned\u0007` },
  });
  const { stdout } = await patient.examine({}, [], {});
  expect(stdout).toContain('\ufffd]0;owned\ufffd');
  expect(stdout).not.toContain('\u001b');
});

describe('settings', () => {
  test('that are wrong are all said, and nothing else is looked at', async () => {
    const { status, findings } = await patient.findings({ CLIENT_SECRET: '', BASE_URL: 'ftp://host' });
    expect([status, findings.map(({ looked, state }) => `${looked} ${state}`)]).toEqual([
      2,
      ['settings fault', 'settings fault'],
    ]);
    expect(findings.map(({ what }) => what).join()).toMatch(
      /BASE_URL.*CLIENT_SECRET|CLIENT_SECRET.*BASE_URL/s,
    );
  });

  test('that are misspelt are one sentence, and those of no .env are said to be', async () => {
    const misspelt = await onlyFault({ CLIENT_IDD: 'x' });
    expect(misspelt.what).toBe('CLIENT_IDD is not a setting: did you mean CLIENT_ID?');
    const { findings } = await patient.findings();
    expect(findings[0]?.what).toContain(`there is no .env in ${process.cwd()}`);
  });

  test.each(['CLIENT_SECRET', 'SESSION_SECRET', 'REDIS_URL'])(
    'a file of %s that is not there is the only problem',
    async (name) => {
      const changed = { [name]: '', [`${name}_FILE`]: join(patient.folder, 'nowhere') };
      const fault = await onlyFault(changed);
      expect([fault.looked, fault.what]).toEqual([
        'settings',
        `${name}_FILE names a file that cannot be read: it does not exist.`,
      ]);
    },
  );

  test('that name a certificate of another key are wrong', async () => {
    const other = makeCertificate(patient.folder, 'other');
    const changed = {
      CLIENT_SECRET: '',
      CLIENT_CERTIFICATE: certificate.certificateFile,
      CLIENT_PRIVATE_KEY: other.privateKeyFile,
    };
    expect(await onlyFault(changed)).toMatchObject({
      status: 2,
      looked: 'settings',
      what: expect.stringMatching(/CLIENT_PRIVATE_KEY must belong/),
    });
  });

  test.each([['--timeout', '0'], ['--tenant', 'a b'], ['--colour'], ['more']])(
    'refuses %s %s',
    async (...given) => {
      const { status, stdout, stderr } = await patient.examine({}, given);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^error: /);
    },
  );

  test('what was typed reaches the terminal as text', async () => {
    const { status, stderr } = await patient.examine({}, ['--\u001b[2Jcolour']);
    expect([status, stderr.includes('\u001b')]).toEqual([2, false]);
    expect(stderr).toContain('[2Jcolour');
  });
});

describe('the network', () => {
  const FOREIGN = {
    AUTHORITY: 'https://login.company.example/contoso.example',
    AUTHORITY_CUSTOM_DOMAIN: 'true',
  };

  test('a host that nobody knows', async () => {
    const lookup = (_name: string, _options: object, done: (error: Error | null, found: []) => void) =>
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
    const { status, findings } = await patient.findings(FOREIGN, [], { lookup });
    expect([status, faultsOf(findings)[0]]).toMatchObject([
      5,
      { looked: 'dns', what: expect.stringMatching(/no such name as login\.company\.example/) },
    ]);
    expect(statesOf(findings)).toMatchObject({
      client: 'unseen',
      credential: 'unseen',
      'redirect-uri': 'unseen',
      store: 'well',
    });
  });

  test('a port that nobody listens at', async () => {
    const changed = { AUTHORITY: `http://localhost:${await freePort()}/${TENANT}` };
    expect(await onlyFault(changed)).toMatchObject({
      status: 5,
      looked: 'connection',
      what: expect.stringMatching(/refused: nobody listens/),
    });
  });

  test('a proxy that wants a password', async () => {
    const proxy = await openConnectProxy({ status: 407 });
    process.env.HTTPS_PROXY = proxy.url;
    const { status, findings } = await patient.findings({
      ...FOREIGN,
      GRAPH_ENDPOINT: 'https://graph.microsoft.com',
    });
    proxy.close();
    expect([status, faultsOf(findings)]).toMatchObject([
      5,
      [{ looked: 'proxy', what: expect.stringMatching(/wants a user and a password.*HTTPS_PROXY/) }],
    ]);
    expect(proxy.asked).toEqual(['login.company.example:443']);
    expect(findings.find(({ looked }) => looked === 'dns')?.what).toBe(
      'localhost is 127.0.0.1, login.company.example is looked up by the proxy, graph.microsoft.com is looked up by the proxy.',
    );
  });

  test('a certificate of an unknown authority', async () => {
    const secure = await openEmulator({ https: true, state: join(patient.folder, 'https') });
    const fault = await onlyFault({ AUTHORITY: `${secure.url}/${TENANT}` });
    await secure.close();
    expect(fault).toMatchObject({
      status: 5,
      looked: 'tls',
      what: expect.stringMatching(/unknown certificate authority.*NODE_EXTRA_CA_CERTS/),
    });
  });

  test.each([
    [-400_000, 'fault', 5],
    [400_000, 'fault', 5],
    [-90_000, 'warning', 0],
    [90_000, 'warning', 0],
  ])('a clock that is %s ms off is a %s', async (offMs, state, status) => {
    const report = await patient.findings({}, [], { now: () => Date.now() + offMs });
    expect([report.status, statesOf(report.findings).clock]).toEqual([status, state]);
    expect(statesOf(report.findings).credential).toBe('well');
  });

  test('a clock that is wrong by months is the only fault that is said of it', async () => {
    patient.fault('metadata', { kind: 'headers', set: { Date: 'Thu, 01 Jan 2026 00:00:00 GMT' } });
    expect(await onlyFault()).toMatchObject({
      status: 5,
      looked: 'clock',
      todo: expect.stringMatching(/NTP/),
    });
  });

  test('an authority that does not answer is given up in time', async () => {
    patient.fault('metadata', { kind: 'hang' });
    const startedAtMs = performance.now();
    expect(await onlyFault({}, ['--timeout', '1'])).toMatchObject({
      status: 5,
      looked: 'connection',
      what: expect.stringMatching(/did not answer in time/),
    });
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });
});

describe('the authority', () => {
  test('of a tenant that nobody has', async () => {
    const fault = await onlyFault({ AUTHORITY: `${patient.emulator.url}/${NOBODY}` });
    expect(fault).toMatchObject({
      status: 3,
      looked: 'authority',
      what: expect.stringMatching(/AADSTS90002/),
      todo: expect.stringMatching(/AUTHORITY/),
    });
  });

  test.each([
    [{ kind: 'status', status: 503 }, 5, /answered 503/],
    [
      { kind: 'status', status: 200, body: 'Sign in to the hotel’s network' },
      3,
      /answered 200 in place of its document/,
    ],
    [{ kind: 'answer', set: { issuer: 'https://elsewhere.example/' } }, 3, /issuer/],
  ] as const)('that answers %j', async (fault, status, what) => {
    patient.fault('metadata', fault);
    expect(await onlyFault()).toMatchObject({
      status,
      looked: 'authority',
      what: expect.stringMatching(what),
    });
  });

  test('without its keys', async () => {
    patient.fault('keys', { kind: 'status', status: 500 });
    expect(await onlyFault()).toMatchObject({ looked: 'authority' });
  });
});

describe('the registration', () => {
  test.each([
    ['an unknown client id', { CLIENT_ID: NOBODY }, 'client', /AADSTS700016/, /CLIENT_ID/],
    [
      'the id of a secret in place of its value',
      { CLIENT_SECRET: NOBODY },
      'credential',
      /AADSTS7000215/,
      /not its ID.*another registration: make a new one/,
    ],
    ['a secret that has expired', { CLIENT_SECRET: EXPIRED }, 'credential', /AADSTS7000222/, /new/],
  ])('%s', async (_case, changed, looked, what, todo) => {
    const { status, findings } = await patient.findings(changed);
    expect([status, faultsOf(findings)[0]]).toMatchObject([
      3,
      { looked, what: expect.stringMatching(what), todo: expect.stringMatching(todo) },
    ]);
  });

  test('a certificate that is not on it', async () => {
    const changed = {
      CLIENT_SECRET: '',
      CLIENT_CERTIFICATE: certificate.certificateFile,
      CLIENT_PRIVATE_KEY: certificate.privateKeyFile,
    };
    expect(await onlyFault(changed)).toMatchObject({
      status: 3,
      looked: 'credential',
      what: expect.stringMatching(/AADSTS700027/),
      todo: expect.stringMatching(/CLIENT_CERTIFICATE/),
    });
  });

  test('a federated token that is not there any more', async () => {
    const file = join(patient.folder, 'token');
    writeFileSync(file, '');
    const changed = { CLIENT_SECRET: '', CLIENT_ASSERTION_FILE: file };
    expect(await onlyFault(changed)).toMatchObject({ status: 2, looked: 'settings' });
  });

  test.each(['common', 'organizations', 'consumers'])(
    'is tried for %s in a tenant that is named',
    async (segment) => {
      const changed = { AUTHORITY: `${patient.emulator.url}/${segment}`, CLIENT_SECRET: EXPIRED };
      const unnamed = await patient.findings(changed);
      expect([unnamed.status, statesOf(unnamed.findings)]).toMatchObject([
        0,
        { client: 'unseen', credential: 'unseen', 'redirect-uri': 'well' },
      ]);
      expect(await onlyFault(changed, ['--tenant', 'contoso.example'])).toMatchObject({
        looked: 'credential',
      });
      expect(await onlyFault({ ...changed, ALLOWED_TENANTS: TENANT })).toMatchObject({
        looked: 'credential',
      });
    },
  );

  test('another redirect URI', async () => {
    const fault = await onlyFault({ CLIENT_ID: LOST });
    expect(fault).toMatchObject({
      status: 3,
      looked: 'redirect-uri',
      what: expect.stringMatching(/AADSTS50011/),
      todo: expect.stringMatching(/http:\/\/localhost:5000\/getAToken/),
    });
  });

  test('no address to which signing out leads', async () => {
    const { status, findings } = await patient.findings({ CLIENT_ID: AWAY });
    const warnings = findings.filter(({ state }) => state === 'warning');
    expect([status, warnings]).toMatchObject([
      0,
      [{ looked: 'redirect-uri', todo: expect.stringContaining(HOME) }],
    ]);
  });

  test('an authority that sends everybody elsewhere does not count as registered', async () => {
    patient.fault('authorize', {
      kind: 'redirect',
      location: `http://localhost:5000.attacker.example/getAToken?error=login_required`,
    });
    const { findings } = await patient.findings();
    expect(statesOf(findings)['redirect-uri']).toBe('unseen');
  });

  test.each([500, 503, 429])('an authority that answers sign-ins with %s', async (status) => {
    patient.fault('authorize', { kind: 'status', status, body: '<html>CANARY</html>' });
    const found = await onlyFault();
    expect(found).toMatchObject({
      status: 5,
      looked: 'redirect-uri',
      what: expect.stringContaining(`${status}`),
    });
    expect(JSON.stringify(found)).not.toContain('CANARY');
  });

  test('no application permission, which only the daemon needs', async () => {
    const { findings } = await patient.findings({ CLIENT_ID: AWAY });
    const [permission] = findings.filter(({ looked }) => looked === 'application-permissions');
    expect(permission).toMatchObject({
      state: 'well',
      what: expect.stringMatching(/may not read.*User\.Read\.All/),
    });
  });

  test('what an administrator consented to for everybody, where the app may read it', async () => {
    const { emulator } = patient;
    const states = async () => statesOf((await patient.findings({ CLIENT_ID: READER })).findings);
    expect(await states()).toMatchObject({ 'delegated-permissions': 'unseen' });
    const audience = '00000003-0000-0000-c000-000000000000';
    const username = 'nia.okafor@contoso.example';
    const scopes = ['Application.Read.All', 'DelegatedPermissionGrant.ReadWrite.All'];
    const headers = {
      authorization: `Bearer ${emulator.accessToken({ audience, username, scopes })}`,
      'content-type': 'application/json',
    };
    const idOf = async (appId: string) => {
      const response = await fetch(`${emulator.url}/v1.0/servicePrincipals(appId='${appId}')`, { headers });
      return ((await response.json()) as { id: string }).id;
    };
    const grant = {
      clientId: await idOf(READER),
      resourceId: await idOf(audience),
      consentType: 'AllPrincipals',
      scope: 'openid User.ReadBasic.All',
    };
    const body = JSON.stringify(grant);
    await fetch(`${emulator.url}/v1.0/oauth2PermissionGrants`, { method: 'POST', headers, body });
    expect(await states()).toMatchObject({ 'delegated-permissions': 'well' });
  });

  test('a Graph that is not there', async () => {
    patient.fault('me', { kind: 'reset' });
    expect(await onlyFault()).toMatchObject({ status: 5, looked: 'graph' });
  });

  test('the requests hold the credential only where it belongs', async () => {
    const before = patient.emulator.ledger().length;
    await patient.examine();
    const asked = patient.emulator.ledger().slice(before);
    const withSecret = asked.filter((entry) => JSON.stringify(entry).includes(SECRET));
    expect(withSecret.map(({ path }) => path).filter((path) => !path.endsWith('/token'))).toEqual([]);
  });
});

describe('the store', () => {
  test('a folder that cannot be made', async () => {
    const file = join(patient.folder, 'a-file');
    writeFileSync(file, '');
    expect(await onlyFault({ DATA_DIR: join(file, 'data') })).toMatchObject({
      status: 2,
      looked: 'store',
      what: expect.stringMatching(/DATA_DIR must be a folder .* \(ENOTDIR: a file is in its place\)/),
    });
  });

  test('a folder on a network file system, before anything is made in it', async () => {
    const refuseFolder = async (folder: string) => refuseNetworkFileSystem(folder, () => 0x6969);
    const report = await patient.findings({ DATA_DIR: join(patient.folder, 'share') }, [], { refuseFolder });
    const [store] = report.findings.filter(({ looked }) => looked === 'store');
    expect([report.status, store]).toMatchObject([
      2,
      { state: 'fault', what: expect.stringContaining('DATA_DIR is on a network file system (NFS)') },
    ]);
  });

  test('a folder that everybody may write to', async () => {
    const folder = join(patient.folder, 'open');
    mkdirSync(join(folder, 'private'), { recursive: true });
    chmodSync(join(folder, 'private'), 0o777);
    expect(await onlyFault({ DATA_DIR: folder })).toMatchObject({
      status: 2,
      looked: 'store',
      what: expect.stringMatching(/written by everybody/),
    });
  });

  test.each([
    [1_048_576, 'fault', 5],
    [50 * 1_048_576, 'warning', 0],
  ])('%s bytes of room are a %s', async (bytes, state, status) => {
    const report = await patient.findings({}, [], { freeBytesOf: () => bytes });
    expect([report.status, statesOf(report.findings).disk]).toEqual([status, state]);
  });

  test('nothing is made before the first start', async () => {
    await patient.examine();
    expect(existsSync(join(patient.folder, 'data'))).toBe(false);
  });

  test('a Redis that is not there', async () => {
    const changed = { REDIS_URL: `redis://127.0.0.1:${await freePort()}` };
    const fault = await onlyFault(changed);
    expect(fault).toMatchObject({
      status: 5,
      looked: 'redis',
      what: expect.stringMatching(/ECONNREFUSED/),
    });
    expect(fault.todo).toBeUndefined();
  });

  test('a Redis whose slots nobody has, and one that may drop sessions', async () => {
    const alone = await startRedis(['--cluster-enabled', 'yes']);
    const missing = await onlyFault({ REDIS_URL: alone.url });
    await alone.kill();
    expect(missing).toMatchObject({
      what: expect.stringMatching(/CLUSTERDOWN/),
      todo: expect.stringMatching(/missing servers of the cluster/),
    });
    const small = await startRedis(['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']);
    const dropping = await patient.findings({ REDIS_URL: small.url });
    await small.send('CONFIG SET maxmemory-policy allkeys-random');
    await small.send('CONFIG SET min-replicas-to-write 1');
    const both = await patient.findings({ REDIS_URL: small.url });
    await small.kill();
    const redisOf = ({ findings }: { findings: Finding[] }) =>
      findings.filter(({ looked }) => looked === 'redis').map(({ state, what }) => [state, what]);
    const warning = ['warning', expect.stringContaining('maxmemory-policy allkeys')];
    expect(redisOf(dropping)).toEqual([['well', expect.any(String)], warning]);
    expect(redisOf(both)).toEqual([['fault', expect.stringContaining('NOREPLICAS')], warning]);
    expect([dropping.status, both.status]).toEqual([0, 5]);
  });

  test('a Redis that wants another password, and one that is a replica', async () => {
    const redis = await startRedis(['--requirepass', 'a-password']);
    const refused = await onlyFault({ REDIS_URL: redis.url.replace('//', '//:another@') });
    await redis.kill();
    expect(refused).toMatchObject({
      status: 5,
      looked: 'redis',
      what: expect.stringMatching(/WRONGPASS|NOAUTH/),
      todo: expect.stringMatching(/REDIS_URL/),
    });
    const replica = await startRedis(['--replicaof', '127.0.0.1', `${await freePort()}`]);
    const readOnly = await onlyFault({ REDIS_URL: replica.url });
    await replica.kill();
    expect(readOnly).toMatchObject({
      status: 5,
      looked: 'redis',
      what: expect.stringMatching(/READONLY|MASTERDOWN/),
    });
  });

  test('a Redis that takes what is written', async () => {
    const redis = await startRedis();
    const { status, findings } = await patient.findings({ REDIS_URL: redis.url });
    await redis.kill();
    expect([status, statesOf(findings).redis]).toEqual([0, 'well']);
  });
});

test('Ctrl-C ends it with 130', async () => {
  let end: (() => number) | undefined;
  const onInterrupt = (given: () => number) => {
    end = given;
  };
  const { status } = await patient.examine({}, [], { onInterrupt });
  expect([status, end?.()]).toEqual([0, 130]);
});
