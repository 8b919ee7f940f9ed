import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readConfig, readEnvFile } from '../../src/config/index.ts';
import type { FaultRequest } from '../../src/emulator/index.ts';
import { buildWebApp } from '../../src/main/web-app.ts';
import { createMemoryRecords } from '../../src/sessions/index.ts';
import { makeCertificate, makeTlsCertificate } from '../daemon/certificates.ts';
import { makeAuthority } from '../support/authority-certificates.ts';
import { createBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';
import { ADELE, NIA, type Office, openOffice, TENANT } from './administrator.ts';

const NAME = 'ms-identity-typescript-webapp';

let office: Office;
let usual: string;
beforeAll(async () => {
  office = await openOffice({ allowedHosts: ['people.contoso.example'] });
});
beforeEach(() => {
  office.emulator.reset();
  office.emulator.clearFaults();
  usual = `# ours\nAUTHORITY=${office.emulator.url}/${TENANT}\nCLIENT_ID=\nCLIENT_SECRET= # none yet\nLOG_LEVEL=warn\n`;
  office.writeEnv(usual);
});
afterAll(() => office.close());

const settings = () => readEnvFile(office.envFile)?.variables ?? {};
const made = () => office.emulator.registrations.filter(({ name }) => name === NAME);
const entries = () => office.emulator.ledger().length;

describe('a new registration', () => {
  test('is only said without --apply: every change, and nothing is changed', async () => {
    const before = entries();
    const { status, stdout } = await office.run();
    expect(status).toBe(0);
    for (const change of [
      `a new registration called ${NAME}`,
      'supported account types: AzureADMyOrg',
      'redirect URI http://localhost:5000/getAToken',
      'redirect URI http://localhost:5000/\n',
      'delegated permission User.ReadBasic.All',
      'CLIENT_ID into',
      'service principal',
      'a client secret until',
      'SESSION_SECRET, made up',
      'Nothing was changed. --apply does it.',
    ])
      expect(stdout).toContain(change);
    expect(office.writesSince(before)).toEqual([]);
    expect([office.env(), made()]).toEqual([usual, []]);
    const scopes = office.emulator.ledger().filter(({ path }) => path.endsWith('/devicecode'));
    expect(JSON.stringify(scopes)).not.toContain('ReadWrite');
  });

  test('lets people sign in with what then stands in .env', async () => {
    const port = await freePort();
    office.writeEnv(`${usual}PORT=${port}\nOPTIONAL_SCOPE=Mail.Read\n`);
    expect((await office.run(['--apply'])).status).toBe(0);
    expect(made()).toMatchObject([{ delegatedPermissions: ['User.ReadBasic.All', 'Mail.Read'] }]);
    const config = readConfig({}, { file: readEnvFile(office.envFile) });
    const { app } = buildWebApp(config, {
      records: createMemoryRecords(),
      logger: pino({ level: 'silent' }),
      now: Date.now,
      ending: new AbortController().signal,
    });
    const server: Server = createServer(app).listen(port, '127.0.0.1');
    const browser = createBrowser();
    const consent = await browser.press(await browser.visit(`http://localhost:${port}/login`), ADELE);
    const page = await browser.press(consent, 'accept');
    server.close();
    server.closeAllConnections();
    expect([page.url, page.text]).toEqual([
      `http://localhost:${port}/`,
      expect.stringContaining('Adele Vance'),
    ]);
  });

  test('leaves the rest of .env as it was, for its owner alone, and shows the secret to nobody', async () => {
    chmodSync(office.envFile, 0o644);
    const { stdout, stderr } = await office.run(['--apply']);
    const { CLIENT_ID = '', CLIENT_SECRET = '', SESSION_SECRET = '' } = settings();
    expect(office.env()).toBe(
      `${usual.replace('CLIENT_ID=', `CLIENT_ID=${CLIENT_ID}`).replace('CLIENT_SECRET=', `CLIENT_SECRET=${CLIENT_SECRET}`)}SESSION_SECRET=${SESSION_SECRET}\n`,
    );
    expect(statSync(office.envFile).mode & 0o777).toBe(0o600);
    expect(made()).toMatchObject([{ clientId: CLIENT_ID, secrets: [{ value: CLIENT_SECRET }] }]);
    expect(`${stdout}${stderr}`).not.toContain(CLIENT_SECRET);
    expect(`${stdout}${stderr}`).not.toContain(SESSION_SECRET);
  });

  test('shows the secret where somebody asks for it', async () => {
    const { stdout } = await office.run(['--apply', '--show-secret']);
    expect(stdout).toContain(`CLIENT_SECRET=${settings().CLIENT_SECRET}\n`);
  });

  test('a second run has nothing to change', async () => {
    const flags = ['--apply', '--daemon', '--consent', '--app-role', 'Reader', '--app-role', 'Editor'];
    expect((await office.run(flags)).status).toBe(0);
    const [env, apps, before] = [office.env(), made(), entries()];
    const { status, stdout } = await office.run(flags);
    expect([status, stdout]).toEqual([0, expect.stringContaining('nothing to change')]);
    expect([office.writesSince(before), office.env(), made()]).toEqual([[], env, apps]);
  });

  test.each([
    ['common', 'multi-tenant-and-personal'],
    ['organizations', 'multi-tenant'],
    ['consumers', 'personal'],
    ['contoso.example', 'single-tenant'],
  ])('for %s takes accounts of %s', async (segment, accountTypes) => {
    office.writeEnv(`AUTHORITY=${office.emulator.url}/${segment}\n`);
    expect((await office.run(['--apply'])).status).toBe(0);
    expect(made()).toMatchObject([{ accountTypes }]);
  });

  test('with a public address has a front-channel logout URL, which takes no plain http', async () => {
    office.writeEnv(`${usual}BASE_URL=https://people.contoso.example/app\n`);
    await office.run(['--apply']);
    expect(made()).toMatchObject([
      {
        redirectUris: ['https://people.contoso.example/app/getAToken', 'https://people.contoso.example/app/'],
        logoutUri: 'https://people.contoso.example/app/logout/frontchannel',
      },
    ]);
  });

  test('for the daemon, consented to, lets the app be itself', async () => {
    await office.run(['--apply', '--daemon', '--consent']);
    const { CLIENT_ID = '', CLIENT_SECRET = '' } = settings();
    const response = await fetch(`${office.emulator.url}/${TENANT}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        scope: 'https://graph.microsoft.com/.default',
      }),
    });
    const { access_token: token = '' } = (await response.json()) as { access_token?: string };
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ roles: ['User.Read.All'] });
  });

  test('says where an administrator consents, and consents to nothing unasked', async () => {
    const { stdout } = await office.run(['--apply']);
    expect(stdout).toContain(`/${TENANT}/v2.0/adminconsent?client_id=${settings().CLIENT_ID}`);
    const [app] = made();
    expect(app?.adminConsented).toBe(false);
    expect(office.emulator.ledger().filter(({ path }) => path.includes('PermissionGrants'))).toEqual([]);
  });
});

describe('a registration that is there', () => {
  const ID = '88888888-8888-4888-8888-888888888888';
  const before = {
    clientId: ID,
    name: 'Theirs',
    accountTypes: 'single-tenant' as const,
    redirectUris: ['http://localhost:9000/other'],
    delegatedPermissions: ['Mail.Read'],
    appRoles: ['Reader'],
    secrets: [{ value: 'old-secret', expiresAt: '2020-01-01T00:00:00Z' }],
  };
  beforeEach(() => {
    office.emulator.putRegistration(before);
    office.writeEnv(
      `AUTHORITY=${office.emulator.url}/${TENANT}\nCLIENT_ID=${ID}\nCLIENT_SECRET=old-secret\n`,
    );
  });
  const now = () => office.emulator.registrations.find(({ clientId }) => clientId === ID);

  test('is corrected, and keeps what it has besides', async () => {
    const { stdout } = await office.run(['--apply', '--app-role', 'Editor']);
    expect(stdout).toContain(`registration Theirs (${ID})`);
    expect(now()).toMatchObject({
      name: 'Theirs',
      redirectUris: [
        'http://localhost:9000/other',
        'http://localhost:5000/getAToken',
        'http://localhost:5000/',
      ],
      delegatedPermissions: ['Mail.Read', 'User.ReadBasic.All'],
      appRoles: [{ value: 'Reader' }, { value: 'Editor', for: ['users'] }],
    });
    expect(now()?.secrets).toHaveLength(2);
    expect(settings().CLIENT_SECRET).toBe(now()?.secrets[1]?.value);
  });

  test('gets a certificate beside those it has, and no secret', async () => {
    const [old, fresh] = ['old', 'fresh'].map((name) => makeCertificate(dirname(office.envFile), name));
    office.emulator.putRegistration({ ...before, certificates: [old?.certificate ?? ''] });
    const flags = ['--apply', '--certificate', fresh?.certificateFile ?? ''];
    expect((await office.run(flags)).stdout).toContain('done: certificate CN=localhost');
    expect(now()?.certificates).toHaveLength(2);
    expect(now()?.secrets).toHaveLength(1);
    expect((await office.run(flags)).stdout).toContain('nothing to change');
    expect(now()?.certificates).toHaveLength(2);
  });

  test.each([
    [
      ['--federated-issuer', 'https://cluster.example/', '--federated-subject', 'system:serviceaccount:a:b'],
      'https://cluster.example/',
      'system:serviceaccount:a:b',
    ],
    [['--managed-identity', ID], `https://login.microsoftonline.com/${TENANT}/v2.0`, ID],
  ])('trusts %j', async (flags, issuer, subject) => {
    await office.run(['--apply', ...flags]);
    expect(now()?.federatedCredentials).toMatchObject([
      { issuer, subject, audience: 'api://AzureADTokenExchange' },
    ]);
    await office.run(['--apply', ...flags]);
    expect(now()?.federatedCredentials).toHaveLength(1);
    expect(now()?.secrets).toHaveLength(1);
  });

  test('trusts one more where people removed an earlier one, and has a wrong audience corrected', async () => {
    const kept = {
      name: 'register-2',
      issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      subject: ID,
      audience: 'api://wrong',
    };
    office.emulator.putRegistration({ ...before, federatedCredentials: [kept] });
    const other = ['--federated-issuer', 'https://a.example', '--federated-subject', 'b'];
    expect((await office.run(['--apply', ...other])).status).toBe(0);
    expect((await office.run(['--apply', '--managed-identity', ID])).status).toBe(0);
    expect(now()?.federatedCredentials).toMatchObject([
      { issuer: 'https://a.example', subject: 'b' },
      { ...kept, audience: 'api://AzureADTokenExchange' },
    ]);
  });

  test('gets the certificate that the app takes of a chain, and none that it could not', async () => {
    const folder = dirname(office.envFile);
    const authority = makeAuthority(folder);
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const { cert, key } = authority.sign('leaf.example');
    const texts = [readFileSync(authority.certificateFile, 'utf8'), cert];
    const chain = file('chain.pem', texts.join('').replaceAll(/(BEGIN|END) CERT/g, '$1 X509 CERT'));
    const settled = `AUTHORITY=${office.emulator.url}/${TENANT}\nCLIENT_ID=${ID}\n`;
    const certificate = `CLIENT_CERTIFICATE=${chain}\nCLIENT_PRIVATE_KEY=${file('leaf.key', key)}\n`;
    for (const [env, flags] of [
      [certificate, []],
      ['', ['--certificate', chain]],
    ] as const) {
      office.emulator.putRegistration({ ...before, certificates: [] });
      office.writeEnv(`${settled}${env}`);
      expect((await office.run(['--apply', ...flags])).stdout).toContain('done: certificate CN=leaf.example');
    }
    const old = file('old.pem', authority.sign('old.example', { fromDays: -3, toDays: -1 }).cert);
    const none = entries();
    for (const [path, problem] of [
      [makeTlsCertificate(folder).certificateFile, 'must be of an RSA key'],
      [old, 'expired on'],
    ] as const)
      expect((await office.run(['--apply', '--certificate', path])).stderr).toContain(
        `--certificate (CLIENT_CERTIFICATE) ${problem}`,
      );
    expect(entries()).toBe(none);
  });

  test('keeps a secret that is good, unless another one is wanted', async () => {
    office.emulator.putRegistration({ ...before, secrets: [{ value: 'old-secret' }] });
    await office.run(['--apply']);
    expect(settings().CLIENT_SECRET).toBe('old-secret');
    await office.run(['--apply', '--new-secret']);
    expect(settings().CLIENT_SECRET).not.toBe('old-secret');
    expect(now()?.secrets).toHaveLength(2);
  });
});

const CLIENT = '99999999-9999-4999-8999-999999999999';

/** An administrator lets a public client act for whoever signs in to it. */
async function consentForEverybody(scope: string): Promise<void> {
  const { emulator } = office;
  emulator.putRegistration({ clientId: CLIENT, isPublic: true });
  const audience = '00000003-0000-0000-c000-000000000000';
  const scopes = ['Application.Read.All', 'DelegatedPermissionGrant.ReadWrite.All'];
  const headers = {
    authorization: `Bearer ${emulator.accessToken({ audience, username: NIA, scopes })}`,
    'content-type': 'application/json',
  };
  const idOf = async (appId: string) => {
    const response = await fetch(`${emulator.url}/v1.0/servicePrincipals(appId='${appId}')`, { headers });
    return ((await response.json()) as { id: string }).id;
  };
  const [clientId, resourceId] = [await idOf(CLIENT), await idOf(audience)];
  const body = JSON.stringify({ clientId, resourceId, consentType: 'AllPrincipals', scope });
  await fetch(`${emulator.url}/v1.0/oauth2PermissionGrants`, { method: 'POST', headers, body });
}

describe('what goes wrong', () => {
  test('somebody who is no administrator: 4, and nothing is changed', async () => {
    await consentForEverybody('openid profile Application.ReadWrite.All');
    const before = entries();
    const { status, stderr } = await office.run(['--client', CLIENT, '--apply'], {
      atCode: office.answer(ADELE),
    });
    expect([status, stderr]).toEqual([4, expect.stringContaining('Sign in as an Application Administrator')]);
    expect(stderr).toContain('Nothing was changed.');
    expect([office.writesSince(before), made()]).toEqual([['POST /v1.0/applications'], []]);
  });

  test('a sign-in that is declined: 3', async () => {
    const { status, stderr } = await office.run(['--apply'], { atCode: office.answer(NIA, 'cancel') });
    expect([status, stderr]).toEqual([3, expect.stringContaining('declined')]);
    expect(stderr).toContain('Nothing was changed.');
  });

  test('a code that nobody enters in time: 3', async () => {
    const atCode = async () => office.emulator.clock.advance({ minutes: 16 });
    const { status, stderr } = await office.run(['--apply'], { atCode });
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('Nobody signed in while the code was good'),
    ]);
  });

  test('a tenant that nobody has: 3', async () => {
    const { status, stderr } = await office.run(['--tenant', 'nobody.example']);
    expect([status, stderr]).toEqual([3, expect.stringContaining('AADSTS90002')]);
  });

  test('an emulator that is not there: 5', async () => {
    office.writeEnv(`AUTHORITY=http://localhost:${await freePort()}/${TENANT}\n`);
    const { status, stderr } = await office.run();
    expect([status, stderr]).toEqual([5, expect.stringContaining('could not be reached')]);
  });

  test('two applications of the name: 2, and neither is changed', async () => {
    const ids = ['1', '2'].map((digit) => `aaaaaaaa-aaaa-4aaa-8aaa-00000000000${digit}`);
    for (const clientId of ids) office.emulator.putRegistration({ clientId, name: NAME });
    const [apps, before] = [made(), entries()];
    const { status, stderr } = await office.run(['--apply']);
    expect([status, stderr]).toEqual([2, expect.stringContaining(ids.join(', '))]);
    expect([office.writesSince(before), made()]).toEqual([[], apps]);
  });

  test('somebody else’s application of the same name is left alone: 2', async () => {
    office.emulator.putRegistration({
      clientId: TENANT,
      name: NAME,
      redirectUris: ['http://localhost:9000/cb'],
    });
    const [apps, before] = [made(), entries()];
    const { status, stderr } = await office.run(['--apply']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('with other addresses')]);
    expect([office.writesSince(before), made()]).toEqual([[], apps]);
  });

  test('a client id of another tenant: 2', async () => {
    office.writeEnv(usual.replace('CLIENT_ID=', `CLIENT_ID=${TENANT}`));
    const { status, stderr } = await office.run(['--apply']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('is no application of this tenant')]);
  });

  const FLAGS = ['--apply', '--daemon', '--consent'];
  /** A run whose requests fail from the moment that it has said so many of its changes. */
  const failingFrom = async (change: number, fault: FaultRequest['fault']) => {
    let lines = 0;
    const run = await office.run(FLAGS, {
      onLine() {
        lines += 1;
        if (lines === change) office.emulator.addFault({ at: 'other', times: 'always', fault });
      },
    });
    office.emulator.clearFaults();
    return [run.status, run.stderr];
  };
  const MADE = expect.stringMatching(/made and stay; start it again/);

  test.each([1, 2, 3, 4, 5, 6])(
    'a network that is lost before change %s: what is done stays, and another run goes on',
    async (change) => {
      const said = change === 1 ? expect.stringContaining('Nothing was changed') : MADE;
      expect(await failingFrom(change, { kind: 'reset' })).toEqual([5, said]);
      expect((await office.run(FLAGS)).status).toBe(0);
      const [app, ...more] = made();
      expect([app?.clientId, app?.secrets.at(-1)?.value, more]).toEqual([
        settings().CLIENT_ID,
        settings().CLIENT_SECRET,
        [],
      ]);
      expect((await office.run(FLAGS)).stdout).toContain('nothing to change');
    },
  );

  test.each([2, 4])(
    'a 403 before change %s: 4, what is done stays, and another run goes on',
    async (change) => {
      expect(await failingFrom(change, { kind: 'status', status: 403 })).toEqual([4, MADE]);
      expect((await office.run(FLAGS)).status).toBe(0);
      expect(made()).toHaveLength(1);
    },
  );

  test('an answer that is lost: the registration is found again by its name', async () => {
    const spoil = () => office.emulator.addFault({ at: 'other', fault: { kind: 'malformed-json' } });
    const first = await office.run(['--apply'], {
      onLine: (line) => void (line.startsWith('Tenant') && spoil()),
    });
    expect([first.status, made().length, settings().CLIENT_ID]).toEqual([3, 1, '']);
    const second = await office.run(['--apply']);
    expect(second.stdout).toContain(`registration ${NAME} (${made()[0]?.clientId})`);
    expect([made().length, settings().CLIENT_ID]).toEqual([1, made()[0]?.clientId]);
  });

  test('what a killed run left beside .env, a secret in it, is gone after the next one', async () => {
    const left = `${office.envFile}.1b6a887c.new`;
    writeFileSync(left, 'CLIENT_SECRET=left');
    expect((await office.run(['--apply'])).status).toBe(0);
    expect(existsSync(left)).toBe(false);
  });

  test('whom Microsoft’s page refuses is told how to end', async () => {
    expect((await office.run()).stderr).toContain('If the browser refuses you, end this with Ctrl-C');
  });

  test('an .env that is a link is written where it leads, also where nothing is yet', async () => {
    const shared = join(dirname(office.envFile), 'shared');
    mkdirSync(shared);
    rmSync(office.envFile);
    symlinkSync('shared/settings', office.envFile);
    const environment = { AUTHORITY: `${office.emulator.url}/${TENANT}` };
    expect((await office.run(['--apply'], { environment })).status).toBe(0);
    expect(readFileSync(join(shared, 'settings'), 'utf8')).toMatch(/^CLIENT_ID=\S+\nCLIENT_SECRET=/);
    rmSync(office.envFile);
  });

  test('a public client that the tenant does not know is a matter of --client, and not of CLIENT_ID', async () => {
    const { status, stderr } = await office.run(['--client', CLIENT]);
    expect([status, stderr]).toEqual([3, expect.stringContaining('Check --client')]);
    expect(stderr).not.toContain('CLIENT_ID');
  });

  test('an .env that cannot be read is found out before anything is made: 2', async () => {
    const before = entries();
    writeFileSync(office.envFile, Buffer.from('\ufeffCLIENT_ID=\n', 'utf16le'));
    const { status, stderr } = await office.run(['--apply']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('UTF-16')]);
    expect(entries()).toBe(before);
  });

  test('a secret that cannot be written down is taken back', async () => {
    const folder = dirname(office.envFile);
    const first = office.run(['--apply'], {
      onLine(line) {
        if (line.includes('service principal'))
          office.emulator.addFault({ at: 'other', fault: { kind: 'delay', ms: 300 } });
      },
    });
    await until(() => made()[0]?.secrets.length === 1);
    renameSync(folder, `${folder}-away`);
    const { status, stderr } = await first;
    renameSync(`${folder}-away`, folder);
    expect([status, stderr, made()[0]?.secrets]).toEqual([
      2,
      expect.stringContaining('cannot be written'),
      [],
    ]);
  });

  test.each([
    [{ CLIENT_SECRET: 'another-one' }, '', []],
    [{}, 'CLIENT_SECRET_FILE=package.json\n', []],
    [{}, 'CLIENT_CERTIFICATE=a.pem\n', ['--new-secret']],
    [{}, 'CLIENT_MANAGED_IDENTITY=system\n', ['--new-secret']],
  ])(
    'where %j or %j would count instead of a new secret, none is made: 2',
    async (environment, lines, flags) => {
      office.writeEnv(`${usual.replace(/^CLIENT_SECRET.*\n/m, '')}${lines}`);
      const before = entries();
      const { status, stderr } = await office.run(['--apply', ...flags], {
        environment: environment as Record<string, string>,
      });
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining('would count instead of a new client secret'),
      ]);
      expect(office.writesSince(before)).toEqual([]);
    },
  );

  test.each([
    [['--client', 'x']],
    [['--tenant', 'common']],
    [['--federated-issuer', 'https://a.example']],
    [['--new-secret', '--certificate', 'x']],
    [['--app-role', 'a b']],
    [['more']],
  ])('%j is refused: 2', async (flags) => {
    const before = entries();
    const { status, stderr } = await office.run(flags);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^error: /)]);
    expect(entries()).toBe(before);
  });

  test('what was typed reaches the terminal as text', async () => {
    const { status, stderr } = await office.run(['--\u001b[2Jcolour']);
    expect([status, stderr.includes('\u001b')]).toEqual([2, false]);
    expect(stderr).toContain('[2Jcolour');
  });
});
