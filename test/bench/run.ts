/**
 * `npm run bench [rounds] [other builds]`: CPU time of the app's process for each operation, as a ratio to a bare
 * baseline that is measured in the same run. Several processes of each take turns in short slices, for two of the same
 * code can differ by a tenth. The first half warms up, the second counts. With other builds, such as
 * `../other/dist/main/web.js`, these are measured instead of the baseline, as ratios to this build.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/index.ts';
import { makeCertificate } from '../daemon/certificates.ts';
import { createBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';
import { type Answer, connectionOfOneVisitor, get } from './client.ts';
import { cpuTimeMs, median } from './cpu-time.ts';
import { build, say } from './stage.ts';

const [, , rounds = '40', ...OTHER_BUILDS] = process.argv;
const ROUNDS = Number(rounds);
const PROCESSES_OF_EACH = 3;
const PER_SLICE = { signIn: 75, newcomer: 75, home: 150, users: 50 } as const;
const CLIENT_ID = '11111111-1111-4111-8111-111111111111';

interface Server {
  /** `baseline`, `app`, or the file of another build. */
  name: string;
  pid: number;
  url: string;
  cookie: string;
  signIn(connection?: Agent): Promise<string>;
}

type Operation = keyof typeof PER_SLICE;

const OPERATIONS: Record<Operation, (server: Server) => Promise<unknown>> = {
  /** From /login to the page that the person sees, over a connection that all share. */
  signIn: async (server) => get(`${server.url}/`, await server.signIn()),
  /** The same by somebody whose browser connects first, as that of everybody who signs in does. */
  async newcomer(server) {
    const connection = connectionOfOneVisitor();
    await get(`${server.url}/`, await server.signIn(connection), connection);
    connection.destroy();
  },
  home: (server) => get(`${server.url}/`, server.cookie),
  users: (server) => get(`${server.url}/graphcall?top=100`, server.cookie),
};

build();
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const tls = makeCertificate(folder, 'localhost');
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
const children: ReturnType<typeof spawn>[] = [];
/** Of somebody who has picked an account and consented: single sign-on answers every later request at once. */
let platformCookies: string | undefined;
try {
  const servers: Server[] = [];
  for (let number = 1; number <= PROCESSES_OF_EACH; number += 1) {
    const first = OTHER_BUILDS.length === 0 ? [await startBaseline()] : [];
    servers.push(...first, await startApp('app', 'dist/main/web.js'));
    for (const build of OTHER_BUILDS) servers.push(await startApp(build, build));
  }
  report(await measure(servers));
} finally {
  for (const child of children) child.kill('SIGKILL');
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
}

async function start(programArguments: string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, programArguments, {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_EXTRA_CA_CERTS: tls.certificateFile,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until(() => /listening|web app is at/.test(said) || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(`it did not start: ${said}`);
  return child.pid ?? 0;
}

async function startBaseline(): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const token = await appToken();
  const pid = await start(
    ['--import', 'tsx', 'test/bench/baseline.ts', String(port), emulator.baseUrl, token],
    // The app itself takes no emulator in production, and does nothing else then.
    { NODE_ENV: 'production' },
  );
  const signIn = async (connection?: Agent) => cookiesOf(await get(`${url}/login`, '', connection));
  return { name: 'baseline', pid, url, cookie: await signIn(), signIn };
}

async function appToken(): Promise<string> {
  const tenant = emulator.accounts[0]?.tenantId ?? '';
  const answer = await fetch(`${emulator.baseUrl}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: 'bench-secret',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

async function startApp(name: string, program: string): Promise<Server> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const pid = await start([program], {
    PORT: String(port),
    CLIENT_ID,
    CLIENT_SECRET: 'emulator-client-secret-not-for-production',
    AUTHORITY: `${emulator.baseUrl}/common`,
    GRAPH_ENDPOINT: emulator.baseUrl,
    SESSION_SECRET: 'bench-session-secret-0123456789-abcdefgh',
    RATE_LIMIT_PER_MINUTE: '0',
    DATA_DIR: join(folder, `data-${port}`),
  });
  platformCookies ??= await visitPlatform(url);
  const cookies = platformCookies;
  const signIn = async (connection?: Agent) => {
    const login = await get(`${url}/login`, '', connection);
    let answer = await get(login.location ?? '', cookies);
    while (answer.location !== undefined && !answer.location.startsWith(url))
      answer = await get(new URL(answer.location, emulator.baseUrl).href, cookies);
    const done = await get(answer.location ?? '', cookiesOf(login), connection);
    if (done.location !== '/') throw new Error(`a sign-in ended with ${done.status}`);
    return cookiesOf(done);
  };
  return { name, pid, url, cookie: await signIn(), signIn };
}

async function visitPlatform(url: string): Promise<string> {
  const browser = createBrowser();
  const picker = await browser.visit(`${url}/login`);
  await browser.press(await browser.press(picker, 'adele.vance', 'work'), 'accept');
  return browser.cookieHeader(emulator.baseUrl);
}

function cookiesOf(answer: Answer): string {
  return answer.cookies.join('; ');
}

/** CPU milliseconds of one operation, a figure for each slice that counts. */
type Figures = Record<Operation, Map<Server, number[]>>;

async function measure(servers: readonly Server[]): Promise<Figures> {
  const none = () => new Map(servers.map((server) => [server, [] as number[]]));
  const figures: Figures = { signIn: none(), newcomer: none(), home: none(), users: none() };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      for (const server of servers) {
        const perOperation = await slice(server, operation);
        if (round >= ROUNDS / 2) figures[operation].get(server)?.push(perOperation);
      }
    }
  }
  return figures;
}

async function slice(server: Server, operation: Operation): Promise<number> {
  const before = cpuTimeMs(server.pid);
  for (let count = 0; count < PER_SLICE[operation]; count += 1) await OPERATIONS[operation](server);
  return (cpuTimeMs(server.pid) - before) / PER_SLICE[operation];
}

function report(figures: Figures): void {
  const [reference = 'app', ...others] =
    OTHER_BUILDS.length === 0 ? ['baseline', 'app'] : ['app', ...OTHER_BUILDS];
  for (const [operation, ofServers] of Object.entries(figures)) {
    const processes = (name: string) =>
      [...ofServers].filter(([server]) => server.name === name).map(([, slices]) => slices);
    const base = processes(reference);
    say(`${operation.padEnd(8)} ${reference} ${median(base.flat()).toFixed(3)} ms CPU (${spread(base)})`);
    for (const name of others) {
      const ours = processes(name);
      say(
        `${' '.repeat(9)}${name} ${median(ours.flat()).toFixed(3)} ms (${spread(ours)}), ratio ${(median(ours.flat()) / median(base.flat())).toFixed(2)}, in pairs ${pairs(ours, base)}`,
      );
    }
  }
}

/** The middle half of the ratios of slices that stood beside each other: both had the same seconds of a busy machine. */
function pairs(ours: readonly number[][], base: readonly number[][]): string {
  const ratios = ours
    .flatMap((slices, process) => slices.map((ms, round) => ms / (base[process]?.[round] ?? Number.NaN)))
    .sort((one, other) => one - other);
  const at = (share: number) => (ratios[Math.floor(share * ratios.length)] ?? Number.NaN).toFixed(3);
  return `${at(0.5)} (${at(0.25)} to ${at(0.75)})`;
}

/** The lowest and the highest of the processes' own medians. */
function spread(processes: readonly (readonly number[])[]): string {
  const medians = processes.map(median);
  return `${Math.min(...medians).toFixed(2)} to ${Math.max(...medians).toFixed(2)}`;
}
