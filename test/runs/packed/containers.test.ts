import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../support/until.ts';
import { packIntoFolder, runNpm } from './packed-file.ts';

// No container engine runs in a test: two network namespaces with a cable between them stand for two containers, and
// the emulator is started there as deploy/emulator/Dockerfile starts it.

let folder: string;
let packed: string;
beforeAll(() => {
  ({ folder, packed } = packIntoFolder());
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('npx starts the packed file in an empty folder, and a token is had within 30 seconds', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'empty-'));
  const begin = performance.now();
  const child = spawn('npx', ['--yes', '--package', packed, 'entra-emulator', '--port', '0'], {
    ...{ cwd: empty, detached: true },
    env: { PATH: process.env.PATH ?? '', HOME: empty },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  try {
    await until(() => said.includes('curl -d') || child.exitCode !== null);
    const [, url = ''] = /runs at (\S+)/.exec(said) ?? [];
    const body = new URLSearchParams({
      ...{ client_id: 'my-app', client_secret: 'anything', grant_type: 'client_credentials' },
      scope: 'https://graph.microsoft.com/.default',
    });
    const token = await fetch(`${url}/contoso.example/oauth2/v2.0/token`, { method: 'POST', body });
    expect(await token.json()).toHaveProperty('access_token');
    expect(performance.now() - begin).toBeLessThan(30_000);
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    rmSync(empty, { recursive: true, force: true });
  }
});

/** The command of the Dockerfile. */
function commandOfImage(): string[] {
  const text = readFileSync(resolve('deploy/emulator/Dockerfile'), 'utf8');
  const listIn = (word: string) =>
    JSON.parse(new RegExp(`^${word} (\\[.*\\])$`, 'm').exec(text)?.[1] ?? '[]') as string[];
  return [...listIn('ENTRYPOINT'), ...listIn('CMD')];
}

/** The test as a container beside the emulator's sees it: what each request is answered with. */
const BESIDE = `
set -e
ip addr add 10.99.0.2/24 dev right
ip link set lo up
ip link set right up
mount --bind "$HOSTS" /etc/hosts
for url in http://emulator:5001/common/v2.0/.well-known/openid-configuration http://10.99.0.1:5001/_emulator/health http://other:5001/ http://10.99.0.1:5001/; do
  curl --silent --retry 20 --retry-delay 1 --retry-connrefused --max-time 5 --write-out '\\n%{http_code}\\n' "$url"
done
curl --silent --data 'client_id=my-app&client_secret=anything&grant_type=client_credentials&scope=https://graph.microsoft.com/.default' http://emulator:5001/contoso.example/oauth2/v2.0/token
`;

const EMULATORS = `
set -e
ip link set lo up
ip link add left type veth peer name right
ip addr add 10.99.0.1/24 dev left
ip link set left up
"$@" >"$LOG" 2>&1 &
emulator=$!
unshare --net --mount sh -c 'echo $$ >"$PID_FILE"; while ! ip link show right >/dev/null 2>&1; do sleep 0.05; done; eval "$BESIDE"' &
while ! [ -s "$PID_FILE" ]; do sleep 0.05; done
ip link set right netns "$(cat "$PID_FILE")"
wait $!
kill $emulator
`;

test('another container reaches it under the name that was allowed, and under no other', () => {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  runNpm(['install', '--ignore-scripts', packed], folder);
  const state = join(folder, 'state');
  mkdirSync(state);
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, '10.99.0.1 emulator other\n');
  const command = commandOfImage().map((word) => (word === '/state' ? state : word));
  const [program = '', ...flags] = command;
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const { stdout, stderr } = spawnSync(
    'unshare',
    [
      ...asRoot,
      '--net',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      EMULATORS,
      'sh',
      join(folder, 'node_modules/.bin', program),
      ...flags,
    ],
    {
      ...{ encoding: 'utf8', timeout: 60_000 },
      env: {
        PATH: `${process.env.PATH}:/usr/sbin`,
        HOME: folder,
        HOSTS: hosts,
        BESIDE,
        LOG: join(folder, 'log'),
        PID_FILE: join(folder, 'pid'),
      },
    },
  );
  const seen = { stdout, stderr, log: readFileSync(join(folder, 'log'), 'utf8') };
  expect(seen.stderr).toBe('');
  const [discovery = '', one, health, two, other, three, bare, four, token = ''] = stdout.trim().split('\n');
  expect([one, two, three, four]).toEqual(['200', '200', '403', '403']);
  expect(JSON.parse(discovery).token_endpoint).toBe('http://emulator:5001/common/oauth2/v2.0/token');
  expect(health).toBe('{"status":"ok"}');
  expect(other).toContain('--allow-host other');
  expect(bare).toContain('--allow-host 10.99.0.1');
  expect(JSON.parse(token)).toHaveProperty('access_token');
});

test('the compose file leads the browser and the app to the same name', () => {
  const compose = readFileSync(resolve('deploy/emulator/compose.yaml'), 'utf8');
  expect(compose).toContain('network_mode: service:emulator');
  expect(compose).toMatch(/AUTHORITY: http:\/\/localhost:5001\//);
  expect([...compose.matchAll(/["']([\d.]+):\d+:\d+["']/g)].map(([, address]) => address)).toEqual([
    '127.0.0.1',
    '127.0.0.1',
  ]);
});

test('the GitHub Action starts it for the steps that follow, and tells them where it is', async () => {
  const runner = mkdtempSync(join(tmpdir(), 'runner-'));
  const files = { GITHUB_ENV: join(runner, 'env'), GITHUB_OUTPUT: join(runner, 'output') };
  const action = resolve('deploy/emulator/action');
  const { status, stdout, stderr } = spawnSync('bash', [join(action, 'start.sh')], {
    ...{ encoding: 'utf8', timeout: 120_000 },
    env: {
      ...{
        ...files,
        PATH: process.env.PATH ?? '',
        HOME: runner,
        RUNNER_TEMP: runner,
        GITHUB_ACTION_PATH: action,
      },
      ...{ EMULATOR_AT: '0', EMULATOR_FLAGS: '--https --users 3', EMULATOR_PACKAGE: packed },
    },
  });
  try {
    expect({ status, said: status === 0 ? '' : stderr }).toEqual({ status: 0, said: '' });
    const told = Object.fromEntries(
      readFileSync(files.GITHUB_ENV, 'utf8')
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ) as Record<string, string>;
    const [, url = ''] = /^url=(https:\S+)$/m.exec(readFileSync(files.GITHUB_OUTPUT, 'utf8')) ?? [];
    expect(told).toMatchObject({ AUTHORITY: `${url}/common`, GRAPH_ENDPOINT: url });
    const asked = `fetch('${url}/_emulator/health').then(({ status }) => console.log(status))`;
    const next = spawnSync(process.execPath, ['-e', asked], { encoding: 'utf8', env: told });
    expect(next.stdout).toBe('200\n');
    expect(told.JAVA_TOOL_OPTIONS).toMatch(/^-Djavax.net.ssl.trustStore=\S+ -D/);
  } finally {
    for (const pid of processesOf(runner)) process.kill(pid, 'SIGKILL');
    rmSync(runner, { recursive: true, force: true });
  }
  expect(stdout).toContain('its log is');
});

/** Processes whose command names a folder of this test's own. */
function processesOf(place: string): number[] {
  const { stdout } = spawnSync('pgrep', ['--full', place], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean).map(Number);
}
