import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { makeCertificate } from './client-process.ts';
import { ADELE, CLIENT_ID, REDIRECT_URI } from './stage.ts';
import { ask, json, redirected, type Seen, visitor } from './visitor.ts';

let running: ChildProcessWithoutNullStreams[] = [];
afterEach(async () => {
  const ends = running.filter((one) => one.exitCode === null && one.signalCode === null);
  await Promise.all(ends.map((one) => [one.kill('SIGKILL'), once(one, 'exit')][1]));
  running = [];
});

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

function emulator(args: readonly string[], environment: Record<string, string> = {}) {
  const { NODE_ENV: _jest, HOST: _host, EMULATOR_PORT: _port, ...inherited } = process.env;
  const child = spawn(process.execPath, ['dist/main/emulator.js', ...args], {
    env: { ...inherited, ...environment },
  });
  running.push(child);
  return child;
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  await once(child, 'exit');
  return { status: child.exitCode, stderr };
}

/** The first words that a stand-in says, which hold its address. */
async function started(child: ChildProcessWithoutNullStreams): Promise<{ baseUrl: string; text: string }> {
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const [, baseUrl] = /runs at (https?:\/\/localhost:\d+)\n/.exec(text) ?? [];
    if (baseUrl !== undefined && text.includes('curl')) return { baseUrl, text };
  }
  throw new Error(`it ended instead of starting: ${text}`);
}

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

  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
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

/** CPU milliseconds that a process has used (proc(5): utime and stime in hundredths of a second). */
function cpuMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** An RSA-2048 signature takes 0.35 ms of an idle core of the machine the limits were set on; 1 or more. */
function slowdownOfThisMachine(): number {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const before = process.cpuUsage();
  for (let count = 0; count < 300; count++) sign('RSA-SHA256', Buffer.from(String(count)), privateKey);
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, (user + system) / 1000 / 300 / 0.35);
}

function residentMiB(pid: number | undefined): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

describe('speed and size', () => {
  test('1,500 discovery answers and 300 sign-ins with redemption per second of one core', async () => {
    const child = emulator(['--port', '0']);
    const { baseUrl } = await started(child);
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'User.Read openid',
    });
    const path = `${baseUrl}/common/oauth2/v2.0`;
    const first = await ask(
      `${path}/authorize/continue?${query}`,
      { method: 'POST', headers: form },
      `account=${ADELE}&decision=accept`,
    );
    const [cookie = ''] = (first.headers['set-cookie'] ?? '').split(';');
    const discovery = () => ask(`${baseUrl}/common/v2.0/.well-known/openid-configuration`, { agent });
    const redeem = async (): Promise<Seen> => {
      const back = await ask(`${path}/authorize?${query}`, { agent, headers: { cookie } });
      const code = redirected(back).get('code') ?? '';
      const fields = {
        grant_type: 'authorization_code',
        client_id: CLIENT_ID,
        redirect_uri: REDIRECT_URI,
        code,
      };
      return ask(
        `${path}/token`,
        { agent, method: 'POST', headers: form },
        new URLSearchParams(fields).toString(),
      );
    };
    const cpuMsEach = async (times: number, one: () => Promise<Seen>): Promise<number> => {
      const before = cpuMs(child.pid);
      const turn = async (): Promise<void> => {
        for (let count = 0; count < times / 4; count++) expect((await one()).status).toBe(200);
      };
      await Promise.all([turn(), turn(), turn(), turn()]);
      return (cpuMs(child.pid) - before) / times;
    };
    const best = async (times: number, one: () => Promise<Seen>): Promise<number> => {
      const rounds = [await cpuMsEach(times, one), await cpuMsEach(times, one), await cpuMsEach(times, one)];
      return Math.min(...rounds);
    };
    const slowdown = slowdownOfThisMachine();
    expect(await best(800, discovery)).toBeLessThan((1000 / 1500) * slowdown);
    expect(await best(240, redeem)).toBeLessThan((1000 / 300) * slowdown);
    agent.destroy();
  });

  test('a million people take less than 300 MiB, and their first page less than 50 ms', async () => {
    const child = emulator(['--port', '0', '--users', '1000000']);
    const { baseUrl } = await started(child);
    const scope = 'https://graph.microsoft.com/.default';
    const fields = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: 'x', scope };
    const tokens = json(await visitor().post(`${baseUrl}/contoso.example/oauth2/v2.0/token`, fields));
    const headers = { authorization: `Bearer ${tokens.access_token}`, consistencylevel: 'eventual' };
    const page = () => ask(`${baseUrl}/v1.0/users?$count=true`, { headers });
    expect(json(await page())['@odata.count']).toBe(1_000_003);
    const before = cpuMs(child.pid);
    await page();
    expect(cpuMs(child.pid) - before).toBeLessThanOrEqual(50);
    const search = encodeURIComponent('"displayName:nobody"');
    await ask(`${baseUrl}/v1.0/users?$search=${search}`, { headers });
    await ask(`${baseUrl}/v1.0/users?$orderby=displayName`, { headers });
    expect(residentMiB(child.pid)).toBeLessThan(300);
  });
});
