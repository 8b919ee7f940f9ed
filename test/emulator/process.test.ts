import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { makeCertificate } from './client-process.ts';
import { emulator, endAll, ended, started } from './command.ts';
import { ADELE, CLIENT_ID, REDIRECT_URI } from './stage.ts';
import { ask, json, visitor } from './visitor.ts';

afterEach(endAll);

describe('the command', () => {
  test('starts at any free port, says who one can be, and ends at once when told', async () => {
    const child = emulator(['--port', '0']);
    const { baseUrl, text } = await started(child);
    for (const said of [ADELE, 'contoso.example', 'authorityMetadata', 'oauth2/v2.0/authorize?'])
      expect(text).toContain(said);
    const open = new Agent({ keepAlive: true });
    await new Promise((resolve, reject) => {
      httpRequest(baseUrl, { agent: open }, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
    open.destroy();
  });

  test('answers at ::1 as well, at other local names, and under an allowed name', async () => {
    const { baseUrl } = await started(emulator(['--port', '0', '--allow-host', 'login.test']));
    const { port } = new URL(baseUrl);
    const path = '/common/v2.0/.well-known/openid-configuration';
    for (const host of [`[::1]:${port}`, `app.localhost:${port}`, `127.0.0.1:${port}`, 'login.test']) {
      const seen = await ask(`http://127.0.0.1:${port}${path}`, { headers: { host } });
      expect(json(seen).issuer).toBe(`http://${host}/{tenantid}/v2.0`);
    }
    expect((await ask(`http://[::1]:${port}${path}`)).status).toBe(200);
    expect((await ask(`http://127.0.0.1:${port}${path}`, { headers: { host: 'other.test' } })).status).toBe(
      403,
    );
  });

  test('speaks https with a certificate, and its documents say so', async () => {
    const { certFile, keyFile, cert } = makeCertificate();
    const { baseUrl } = await started(
      emulator(['--port', '0', '--tls-cert', certFile, '--tls-key', keyFile]),
    );
    expect(baseUrl).toMatch(/^https:/);
    const seen = await ask(`${baseUrl}/common/v2.0/.well-known/openid-configuration`, { ca: cert });
    expect(json(seen).token_endpoint).toBe(`${baseUrl}/common/oauth2/v2.0/token`);
  });

  test('a taken port is one clear sentence', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { status, stderr } = await ended(emulator(['--port', String(port)]));
    await new Promise((resolve) => taken.close(resolve));
    expect([status, stderr]).toEqual([
      1,
      `Port ${port} is taken on this machine. Stop the other program or choose another port with --port.\n`,
    ]);
  });

  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const away = { clientId: CLIENT_ID, redirectUris: ['https://app.example/cb'] };
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['production', [], { NODE_ENV: 'production' }, /NODE_ENV=production/],
    ['a LAN address', ['--host', '192.168.1.5'], {}, /localhost only/],
    ['every address', [], { HOST: '0.0.0.0' }, /localhost only/],
    ['a port that is none', ['--port', '70000'], {}, /whole number from 0 to 65535/],
    ['half of a certificate', ['--tls-cert', 'x.pem'], {}, /belong together/],
    ['a file that is not there', ['--seed', join(folder, 'none.json')], {}, /cannot be read/],
    ['a seed that is no JSON', ['--seed', file('a.json', '{')], {}, /is not valid/],
    [
      'a seed with a wrong member',
      ['--seed', file('b.json', '{"accounts":[{"username":1}]}')],
      {},
      /username/,
    ],
    [
      'a seed that leads away',
      ['--seed', file('c.json', JSON.stringify({ registrations: [away] }))],
      {},
      /not on this machine/,
    ],
    ['an unknown flag', ['--open-to-the-world'], {}, /unknown option/],
  ])('%s is refused with a sentence', async (_what, args, environment, sentence) => {
    const { status, stderr } = await ended(emulator(['--port', '0', ...args], environment));
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a port in the environment that is none is one clear sentence', async () => {
    expect(await ended(emulator([], { EMULATOR_PORT: 'abc' }))).toMatchObject({
      status: 2,
      stderr: 'EMULATOR_PORT: it must be a whole number from 0 to 65535.\n',
    });
  });

  test('files that are no certificate and key are one clear sentence', async () => {
    const flags = ['--tls-cert', file('x.pem', 'x'), '--tls-key', file('y.pem', 'y')];
    const { status, stderr } = await ended(emulator(['--port', '0', ...flags]));
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^The certificate and its key are not a pair of PEM files .*\n$/),
    ]);
  });

  test.each([
    ['single-tenant', 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10'],
    ['multi-tenant', 'common'],
  ])('an app that is %s is told the authority of %s', async (accountTypes, segment) => {
    const seed = { registrations: [{ clientId: CLIENT_ID, accountTypes, redirectUris: [REDIRECT_URI] }] };
    const seedFile = file(`${accountTypes}.json`, JSON.stringify(seed));
    const { baseUrl, text } = await started(emulator(['--port', '0', '--seed', seedFile]));
    expect(text).toContain(`export AUTHORITY=${baseUrl}/${segment}\n`);
  });

  test('a seed brings people and apps of its own, and makes it strict', async () => {
    const seed = {
      tenants: [{ id: '7b1f0c3a-1111-4222-8333-944455556666', name: 'Own', domain: 'own.example' }],
      accounts: [
        {
          username: 'Me@own.example',
          kind: 'admin',
          displayName: 'Me Myself',
          tenantId: '7b1f0c3a-1111-4222-8333-944455556666',
          objectId: '7b1f0c3a-1111-4222-8333-944455557777',
        },
      ],
      registrations: [{ clientId: '7b1f0c3a-1111-4222-8333-944455558888', redirectUris: [REDIRECT_URI] }],
    };
    const { baseUrl, text } = await started(
      emulator(['--port', '0', '--seed', file('d.json', JSON.stringify(seed))]),
    );
    expect(text).toContain('me@own.example (admin) Me Myself');
    const query = new URLSearchParams({
      client_id: '99999999-1111-4222-8333-944455558888',
      redirect_uri: REDIRECT_URI,
    });
    const seen = await visitor().get(`${baseUrl}/own.example/oauth2/v2.0/authorize?${query}`);
    expect(seen.text).toContain('AADSTS700016');
  });
});
