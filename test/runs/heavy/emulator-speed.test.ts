import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { emulator, endAll, started } from '../../emulator/command.ts';
import { ADELE, CLIENT_ID, REDIRECT_URI } from '../../emulator/stage.ts';
import { ask, json, redirected, type Seen, visitor } from '../../emulator/visitor.ts';

afterEach(endAll);

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

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** CPU milliseconds of a process for each of so many requests, four at a time; the best of three rounds. */
async function best(pid: number | undefined, times: number, one: () => Promise<Seen>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = cpuMs(pid);
    const turn = async (): Promise<void> => {
      for (let count = 0; count < times / 4; count++) expect((await one()).status).toBe(200);
    };
    await Promise.all([turn(), turn(), turn(), turn()]);
    rounds.push((cpuMs(pid) - before) / times);
  }
  return Math.min(...rounds);
}

describe('speed and size', () => {
  test('the first line after less than 300 ms of CPU', async () => {
    const starts: number[] = [];
    for (let count = 0; count < 5; count++) {
      const child = emulator(['--port', '0']);
      await once(child.stdout, 'data');
      starts.push(cpuMs(child.pid));
    }
    process.stdout.write(`the first line after ${starts.join(', ')} ms of CPU\n`);
    expect(Math.min(...starts)).toBeLessThan(300 * slowdownOfThisMachine());
  });

  test('1,500 tokens of an app per second of one core', async () => {
    const child = emulator(['--port', '0']);
    const { baseUrl } = await started(child);
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const scope = 'https://graph.microsoft.com/.default';
    const fields = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: 'x', scope };
    const options = { agent, method: 'POST', headers: FORM };
    const tokenMs = await best(child.pid, 2_000, () =>
      ask(`${baseUrl}/contoso.example/oauth2/v2.0/token`, options, new URLSearchParams(fields).toString()),
    );
    process.stdout.write(`per second of CPU: ${(1000 / tokenMs).toFixed(0)} tokens of an app\n`);
    expect(tokenMs).toBeLessThan((1000 / 1500) * slowdownOfThisMachine());
    agent.destroy();
  });

  test('1,500 discovery answers and 300 sign-ins with redemption per second of one core', async () => {
    const child = emulator(['--port', '0']);
    const { baseUrl } = await started(child);
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'User.Read openid',
    });
    const path = `${baseUrl}/common/oauth2/v2.0`;
    const first = await ask(
      `${path}/authorize/continue?${query}`,
      { method: 'POST', headers: FORM },
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
        { agent, method: 'POST', headers: FORM },
        new URLSearchParams(fields).toString(),
      );
    };
    const slowdown = slowdownOfThisMachine();
    const [discoveryMs, redemptionMs] = [
      await best(child.pid, 800, discovery),
      await best(child.pid, 240, redeem),
    ];
    process.stdout.write(
      `per second of CPU: ${(1000 / discoveryMs).toFixed(0)} discovery answers, ${(1000 / redemptionMs).toFixed(0)} sign-ins with redemption; signatures take ${slowdown.toFixed(1)} times as long as on the idle machine\n`,
    );
    expect(discoveryMs).toBeLessThan((1000 / 1500) * slowdown);
    expect(redemptionMs).toBeLessThan((1000 / 300) * slowdown);
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
    const residentMost = residentMiB(child.pid);
    process.stdout.write(`a million people: ${residentMost.toFixed(0)} MiB at the most\n`);
    expect(residentMost).toBeLessThan(300);
  });
});
