import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { certificate, pem } from '../../src/emulator/certificates/certificate.ts';
import { authorityExtensions, serverExtensions } from '../../src/emulator/certificates/extensions.ts';
import { keptCertificate } from '../../src/emulator/certificates/index.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/index.ts';
import { openssl } from '../daemon/certificates.ts';
import { openEmulator } from '../support/emulator.ts';
import { DEBIAN_PYTHON } from './client-process.ts';
import { emulator, endAll, ended, started } from './command.ts';
import { ADELE, authorizeUrl, CLIENT_ID, codeFields, graph, postToken, SECRET, tokensOf } from './stage.ts';
import { ask, json } from './visitor.ts';

const DAY_MS = 86_400_000;
const DISCOVERY = '/common/v2.0/.well-known/openid-configuration';
const NAMES = ['localhost', '127.0.0.1', '::1'];

const root = mkdtempSync(join(tmpdir(), 'emulator-place-'));
let folder: string;
let running: Emulator[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(root, 'one-'));
});
afterEach(async () => {
  await Promise.all([endAll(), ...running.map((one) => one.close())]);
  running = [];
});
afterAll(() => rmSync(root, { recursive: true }));

async function start(options: Partial<EmulatorOptions>): Promise<Emulator> {
  const one = await openEmulator({ users: 3, state: folder, ...options });
  running.push(one);
  return one;
}

const file = (name: string): string => join(folder, name);
const modeOf = (name: string): string => (statSync(file(name)).mode & 0o777).toString(8);

describe('the certificate that it makes', () => {
  test('is for the served names and no others, for ninety days at most, and only its key is secret', () => {
    keptCertificate(folder, 'localhost', [...NAMES, 'emulator.test'], Date.now());
    const [server, authority] = ['localhost.pem', 'localhost-ca.pem'].map(
      (name) => new X509Certificate(readFileSync(file(name))),
    );
    expect(server?.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:emulator.test',
    );
    for (const one of [server, authority])
      expect(Date.parse(one?.validTo ?? '') - Date.parse(one?.validFrom ?? '')).toBeLessThanOrEqual(
        90 * DAY_MS,
      );
    const text = openssl(['x509', '-in', file('localhost-ca.pem'), '-noout', '-text']);
    expect(text).toMatch(
      /Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+IP:127.0.0.1\/255.255.255.255\s/,
    );
    expect(text).toMatch(/CA:TRUE, pathlen:0/);
    expect([modeOf('localhost-key.pem'), modeOf('localhost-ca.pem')]).toEqual(['600', '644']);
    expect(
      readdirSync(folder).filter((name) => readFileSync(file(name), 'utf8').includes('PRIVATE KEY')),
    ).toEqual(['localhost-key.pem']);
    expect(readFileSync(file('localhost-key.pem'))).not.toEqual(readFileSync(file('localhost-ca.pem')));
    for (const name of ['localhost', 'emulator.test'])
      expect(verified('localhost-ca.pem', 'localhost.pem', name)).toContain('OK');
  });

  test('has an authority that is believed for nothing else, whoever has its key', () => {
    const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const [own, other] = [keys(), keys()];
    const times = { notBeforeMs: Date.now() - DAY_MS, notAfterMs: Date.now() + DAY_MS, issuerName: 'A' };
    const signed = { ...times, privateKey: own.privateKey };
    const sign = (names: readonly string[]) =>
      certificate({
        ...{ ...signed, commonName: 'B', publicKey: other.publicKey },
        extensions: serverExtensions(other.publicKey, own.publicKey, names),
      });
    const extensions = authorityExtensions(own.publicKey, NAMES);
    writeFileSync(
      file('a.pem'),
      pem(certificate({ ...signed, commonName: 'A', publicKey: own.publicKey, extensions })),
    );
    writeFileSync(file('good.pem'), pem(sign(['localhost'])));
    writeFileSync(file('bad.pem'), pem(sign(['login.microsoftonline.com'])));
    expect(verified('a.pem', 'good.pem', 'localhost')).toContain('OK');
    expect(verified('a.pem', 'bad.pem', 'login.microsoftonline.com')).toContain(
      'permitted subtree violation',
    );
  });

  const kept = (names = NAMES, nowMs = Date.now()) => keptCertificate(folder, 'localhost', names, nowMs).cert;
  test.each<[string, boolean, () => string]>([
    ['the next start', true, () => kept()],
    ['other names', false, () => kept([...NAMES, 'more.test'])],
    ['the last week of its life', false, () => kept(NAMES, Date.now() + 84 * DAY_MS)],
    [
      'a damaged file',
      false,
      () => {
        writeFileSync(file('localhost.pem'), 'junk');
        return kept();
      },
    ],
    [
      'a key of another',
      false,
      () => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        writeFileSync(file('localhost-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
        return kept();
      },
    ],
  ])('with %s it is the same: %s', (_what, isSame, again) => {
    const before = kept();
    expect(again() === before).toBe(isSame);
    expect(kept(NAMES, Date.now()) === before).toBe(isSame);
  });

  function verified(authority: string, server: string, name: string): string {
    const { stdout, stderr } = spawnSync(
      'openssl',
      ['verify', '-x509_strict', '-CAfile', file(authority), '-verify_hostname', name, file(server)],
      { encoding: 'utf8' },
    );
    return stdout + stderr;
  }
});

describe('--https', () => {
  test('is trusted by Node and Python with the variables that environment() names', async () => {
    const { url, environment } = await start({ https: true });
    expect(url).toMatch(/^https:\/\/localhost:\d+$/);
    const variables = environment();
    expect(variables).toMatchObject({ AUTHORITY: `${url}/common`, GRAPH_ENDPOINT: url });
    const run = async (command: string, args: string[], env: Record<string, string>) =>
      (await output(command, args, { PATH: process.env.PATH ?? '', ...env })).trim();
    const node = [
      '-e',
      `fetch('${url}${DISCOVERY}').then((one) => console.log(one.status), (error) => console.log(error.cause.code))`,
    ];
    const python = ['-c', `import urllib.request as one; print(one.urlopen('${url}${DISCOVERY}').status)`];
    expect(
      await run(process.execPath, node, { NODE_EXTRA_CA_CERTS: variables.NODE_EXTRA_CA_CERTS ?? '' }),
    ).toBe('200');
    expect(await run(process.execPath, node, {})).toBe('SELF_SIGNED_CERT_IN_CHAIN');
    expect(await run(DEBIAN_PYTHON, python, { SSL_CERT_FILE: variables.SSL_CERT_FILE ?? '' })).toBe('200');
    expect(await run(DEBIAN_PYTHON, python, {})).toContain('CERTIFICATE_VERIFY_FAILED');
  });

  test('signs in by fetch in a process that trusts nothing of it', async () => {
    const { signInByFetch, ...one } = await start({ https: true });
    const back = await signInByFetch(authorizeUrl({ ...one, signInByFetch } as Emulator), ADELE);
    expect(back.searchParams.get('code')).toBeTruthy();
  });

  test('tells who speaks the other of http and https so, and ends though somebody says nothing', async () => {
    const one = await start({ https: true });
    const silent = connect(one.port, '127.0.0.1');
    await once(silent, 'connect');
    // Once a later connection is served, the silent one is accepted, too.
    const seen = await ask(`http://127.0.0.1:${one.port}${DISCOVERY}`);
    expect(seen).toMatchObject({ status: 400, text: `This port speaks https: the address is ${one.url}\n` });
    const ends = once(silent, 'close');
    const startMs = performance.now();
    await Promise.all([one.close(), ends]);
    expect(performance.now() - startMs).toBeLessThan(20_000);
    const plain = await start({ state: join(folder, 'plain') });
    const said: unknown[] = [];
    console.error = (text: unknown) => said.push(text);
    for (const _twice of [1, 2])
      await expect(ask(`https://localhost:${plain.port}/`)).rejects.toMatchObject({ code: 'EPROTO' });
    expect(said).toEqual([
      `the emulator was spoken to in https. This port speaks http: the address is ${plain.url}`,
    ]);
    expect((await ask(plain.url, { headers: { long: 'a'.repeat(20_000) } })).status).toBe(431);
  });

  test('says in the terminal what to set for each language', async () => {
    const { baseUrl, text } = await started(emulator(['--port', '0', '--https', '--state', folder]));
    expect(baseUrl).toMatch(/^https:/);
    for (const name of ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'])
      expect(text).toContain(`export ${name}=${file('localhost-ca.pem')}`);
    expect(text).toContain(`-Djavax.net.ssl.trustStore=${file('localhost-ca.p12')}`);
    expect(text).toContain('Never add it to what your system trusts');
  });
});

describe('--as-microsoft', () => {
  test('has names with a star of Microsoft’s only: nobody allows a whole domain', async () => {
    await expect(start({ https: true, allowedHosts: ['*.example.com'] })).rejects.toThrow(/one whole name/);
  });

  test('answers under Microsoft’s own names, with a certificate for them', async () => {
    const { url, environment, signInByFetch } = await start({ asMicrosoft: true });
    const { AUTHORITY, GRAPH_ENDPOINT, NODE_EXTRA_CA_CERTS = '' } = environment();
    expect([AUTHORITY, GRAPH_ENDPOINT]).toEqual([
      'https://login.microsoftonline.com/common',
      'https://graph.microsoft.com',
    ]);
    const ca = readFileSync(NODE_EXTRA_CA_CERTS, 'utf8');
    for (const host of [
      'login.microsoftonline.com',
      'login.windows.net',
      'graph.microsoft.com',
      'login.microsoftonline.us',
    ]) {
      const seen = await ask(`${url}${DISCOVERY}`, { ca, servername: host, headers: { host } });
      expect(json(seen).token_endpoint).toBe(`https://${host}/common/oauth2/v2.0/token`);
    }
    for (const host of ['westus2.login.microsoft.com', 'fabrikam.ciamlogin.com', 'contoso.b2clogin.com']) {
      const seen = await ask(`${url}/_emulator/accounts`, { ca, servername: host, headers: { host } });
      expect([host, seen.status]).toEqual([host, 200]);
    }
    const statusUnder = async (host: string) =>
      (await ask(`${url}/_emulator/accounts`, { ca, servername: 'localhost', headers: { host } })).status;
    for (const host of ['ciamlogin.com', 'evilciamlogin.com', '.ciamlogin.com', 'a.contoso.ciamlogin.com'])
      expect([host, await statusUnder(host)]).toEqual([host, 403]);
    const query = new URLSearchParams({
      ...{ client_id: CLIENT_ID, response_type: 'code', scope: 'openid' },
      redirect_uri: 'http://localhost:5000/getAToken',
    });
    const back = await signInByFetch(`${AUTHORITY}/oauth2/v2.0/authorize?${query}`, ADELE);
    expect(back.searchParams.get('code')).toBeTruthy();
  });

  test('prints the lines for the hosts file, and names that were allowed besides', async () => {
    const flags = [
      '--port',
      '0',
      '--as-microsoft',
      '--allow-host',
      'contoso.ciamlogin.com',
      '--state',
      folder,
    ];
    const { text } = await started(emulator(flags));
    for (const host of ['login.microsoftonline.com', 'graph.microsoft.com', 'contoso.ciamlogin.com'])
      expect(text).toContain(`\n  127.0.0.1 ${host}\n`);
    expect(new X509Certificate(readFileSync(file('microsoft.pem'))).subjectAltName).toContain(
      'DNS:contoso.ciamlogin.com',
    );
  });
});

test.each<[string, string[], RegExp]>([
  [
    'listens everywhere without a name',
    ['--listen-everywhere'],
    /--listen-everywhere needs --allow-host NAME/,
  ],
  [
    'has two certificates',
    ['--https', '--tls-cert', 'LICENSE', '--tls-key', 'LICENSE'],
    /leave --tls-cert and --tls-key out/,
  ],
  ['has a state in a file', ['--state', 'LICENSE'], /LICENSE\/state.json cannot be/],
])('it does not start where it %s', async (_what, flags, sentence) => {
  const { status, stderr } = await ended(emulator(['--port', '0', ...flags]));
  expect([status, stderr]).toEqual([2, expect.stringMatching(sentence)]);
});

describe('under a name that is not allowed', () => {
  test('it says which flag allows it, and repeats no odd one', async () => {
    const { url, ...one } = await start({ allowedHosts: ['known.test'] });
    const refused = async (host: string) => {
      const seen = await ask(`http://127.0.0.1:${one.port}${DISCOVERY}`, { headers: { host } });
      return [seen.status, json(seen).error];
    };
    expect((await ask(`${url}${DISCOVERY}`, { headers: { host: 'known.test:80' } })).status).toBe(200);
    expect(await refused('emulator.test:5001')).toEqual([
      403,
      'this emulator does not answer as emulator.test; started with --allow-host emulator.test it does',
    ]);
    expect(await refused('<b>.test')).toEqual([403, 'this emulator answers under local names only']);
  });

  test('its health can be asked for, and nothing else', async () => {
    const { port } = await start({});
    const seen = await ask(`http://127.0.0.1:${port}/_emulator/health`, {
      headers: { host: '10.0.0.7:5001' },
    });
    expect([seen.status, seen.text]).toEqual([200, '{"status":"ok"}']);
  });
});

describe('--state', () => {
  const refresh = (token: unknown) => ({
    ...{ grant_type: 'refresh_token', client_id: CLIENT_ID, client_secret: SECRET },
    refresh_token: String(token),
  });

  test('keeps keys, consents and refresh tokens over a restart', async () => {
    const first = await start({});
    const tokens = await tokensOf(first);
    const rotated = json(await ask(`${first.url}/_emulator/rotate-keys`, { method: 'POST' })).kid;
    await first.close();
    expect([modeOf('state.json'), readdirSync(folder)]).toEqual(['600', ['state.json']]);

    const second = await start({});
    const keysOf = async (one: Emulator) =>
      (
        JSON.parse((await ask(one.openidConfiguration('common').jwks_uri)).text) as {
          keys: { kid: string }[];
        }
      ).keys.map(({ kid }) => kid);
    expect((await keysOf(second))[0]).toBe(rotated);
    const renewed = json(await postToken(second, refresh(tokens.refresh_token)));
    expect(renewed).toHaveProperty('access_token');
    expect((await graph(second, '/me', tokens.access_token)).status).toBe(200);
    const consented = await second.signInByFetch(authorizeUrl(second, { prompt: 'select_account' }), ADELE);
    expect(
      json(await postToken(second, codeFields(consented.searchParams.get('code') ?? ''))),
    ).toHaveProperty('scope');
  });

  test('keeps what was revoked revoked, also where the emulator was killed', async () => {
    const first = emulator(['--port', '0', '--state', folder]);
    const { baseUrl } = await started(first);
    const tokens = await tokensOf({ baseUrl } as Emulator);
    await ask(`${baseUrl}/_emulator/revoke`, { method: 'POST' }, JSON.stringify({ username: ADELE }));
    await ask(`${baseUrl}/_emulator/ledger`);
    await endAll();
    const second = await start({});
    expect(json(await postToken(second, refresh(tokens.refresh_token)))).toMatchObject({
      error_codes: [50173],
    });
  });

  test('forgets with a reset', async () => {
    const first = await start({});
    const tokens = await tokensOf(first);
    first.reset();
    await first.close();
    const second = await start({});
    expect(json(await postToken(second, refresh(tokens.refresh_token)))).toMatchObject({
      error: 'invalid_grant',
    });
  });

  test.each(['', '{}', '{"version":1,"keys":[],"seal":"","consents":[],"validFrom":[]}'])(
    'says that %j is damaged, and does not start',
    async (content) => {
      writeFileSync(file('state.json'), content);
      const { status, stderr } = await ended(emulator(['--port', '0', '--state', folder]));
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/state\.json is damaged\. Put back a copy, or remove it/),
      ]);
      expect(readFileSync(file('state.json'), 'utf8')).toBe(content);
    },
  );
});

/** What a program says while this process goes on serving it. */
async function output(command: string, args: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(command, args, { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}
