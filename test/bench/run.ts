/**
 * `npm run bench`: CPU time of the app's process for each operation, as a ratio to a bare baseline that is measured in
 * the same run, in short slices that take turns. The first half warms up, the second counts.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { createBrowser } from '../support/browser.ts';
import { freePort } from '../support/program.ts';
import { until } from '../support/until.ts';
import { type Answer, get } from './client.ts';
import { cpuTimeMs, median } from './cpu-time.ts';

const ROUNDS = Number(process.argv[2] ?? 40);
const PER_SLICE = { signIn: 75, home: 150, users: 50 } as const;
const CLIENT_ID = '11111111-1111-4111-8111-111111111111';

interface Server {
  name: 'baseline' | 'app';
  pid: number;
  url: string;
  cookie: string;
  signIn(): Promise<string>;
}

type Operation = keyof typeof PER_SLICE;

const OPERATIONS: Record<Operation, (server: Server) => Promise<unknown>> = {
  /** From /login to the page that the person sees. */
  signIn: async (server) => get(`${server.url}/`, await server.signIn()),
  home: (server) => get(`${server.url}/`, server.cookie),
  users: (server) => get(`${server.url}/graphcall?top=100`, server.cookie),
};

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const certificate = join(folder, 'certificate.pem');
const key = join(folder, 'key.pem');
execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    key,
    '-out',
    certificate,
  ],
  { stdio: 'ignore' },
);
execFileSync(process.execPath, ['src/main/start.mjs'], { stdio: 'inherit' });
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const emulator = await startEmulator({
  port: 0,
  tls: { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') },
});
const children: ReturnType<typeof spawn>[] = [];
try {
  const servers = [await startBaseline(), await startApp()];
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
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: certificate,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until(() => /listening|web app is at/.test(said) || child.exitCode !== null, 30_000);
  if (child.exitCode !== null) throw new Error(`it did not start: ${said}`);
  return child.pid ?? 0;
}

async function startBaseline(): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const token = await appToken();
  const pid = await start(
    ['--import', 'tsx', 'test/bench/baseline.ts', String(port), emulator.baseUrl, token],
    {},
  );
  const signIn = async () => cookiesOf(await get(`${url}/login`, ''));
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

async function startApp(): Promise<Server> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const pid = await start(['dist/main/web.js'], {
    PORT: String(port),
    CLIENT_ID,
    CLIENT_SECRET: 'stand-in-client-secret-not-for-production',
    AUTHORITY: `${emulator.baseUrl}/common`,
    GRAPH_ENDPOINT: emulator.baseUrl,
    SESSION_SECRET: 'bench-session-secret-0123456789-abcdefgh',
    RATE_LIMIT_PER_MINUTE: '0',
    DATA_DIR: join(folder, 'data'),
  });
  const platformCookies = await visitPlatformOnce(url);
  const signIn = async () => {
    const login = await get(`${url}/login`, '');
    let answer = await get(login.location ?? '', platformCookies);
    while (answer.location !== undefined && !answer.location.startsWith(url))
      answer = await get(new URL(answer.location, emulator.baseUrl).href, platformCookies);
    const done = await get(answer.location ?? '', cookiesOf(login));
    if (done.location !== '/') throw new Error(`a sign-in ended with ${done.status}`);
    return cookiesOf(done);
  };
  return { name: 'app', pid, url, cookie: await signIn(), signIn };
}

/** Picks an account and consents, so that the platform's single sign-on answers every later request at once. */
async function visitPlatformOnce(url: string): Promise<string> {
  const browser = createBrowser();
  const picker = await browser.visit(`${url}/login`);
  await browser.press(await browser.press(picker, 'adele.vance', 'work'), 'accept');
  return browser.cookieHeader(emulator.baseUrl);
}

function cookiesOf(answer: Answer): string {
  return answer.cookies.join('; ');
}

type Figures = Record<Operation, Record<Server['name'], number[]>>;

async function measure(servers: readonly Server[]): Promise<Figures> {
  const figures: Figures = {
    signIn: { baseline: [], app: [] },
    home: { baseline: [], app: [] },
    users: { baseline: [], app: [] },
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      for (const server of servers) {
        const perOperation = await slice(server, operation);
        if (round >= ROUNDS / 2) figures[operation][server.name].push(perOperation);
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
  for (const [operation, { baseline, app }] of Object.entries(figures)) {
    const [base, ours] = [median(baseline), median(app)];
    process.stdout.write(
      `${operation.padEnd(8)} baseline ${base.toFixed(3)} ms, app ${ours.toFixed(3)} ms CPU, ratio ${(ours / base).toFixed(2)}\n`,
    );
  }
}
