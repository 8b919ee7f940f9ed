/**
 * `npm run bench -- export`: everybody of a directory of 100,000 as a file, beside the speed at which the emulator can
 * deliver the same pages to a reader who does nothing with them; and the memory that a second export takes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { Agent, get, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../daemon/certificates.ts';
import { CLIENT_ID, createAppProcess } from '../support/app-process.ts';
import { createBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';
import { cpuTimeMs, median } from './cpu-time.ts';
import { build, ownMemoryMiB, say } from './stage.ts';

const USERS = 100_000;
const ROUNDS = 5;
const LOOK_EVERY_MS = 20;
const SELECT = 'id,displayName,givenName,surname,mail,userPrincipalName';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
build();
const folder = mkdtempSync(join(tmpdir(), 'bench-export-'));
const tls = makeCertificate(folder, 'localhost');
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
const emulatorPort = await freePort();
const baseUrl = `https://localhost:${emulatorPort}`;
const emulator = spawn(
  process.execPath,
  [
    ...['dist/main/emulator.js', '--port', String(emulatorPort), '--users', String(USERS)],
    ...['--tls-cert', tls.certificateFile, '--tls-key', tls.privateKeyFile],
  ],
  { stdio: 'ignore' },
);
const port = await freePort();
const app = createAppProcess({
  port,
  folder,
  emulator: { baseUrl },
  certificateFile: tls.certificateFile,
  environment: {
    DATA_DIR: join(folder, 'data'),
    BASE_URL: `http://localhost:${port}`,
  },
});
try {
  await until(isEmulatorUp);
  await app.start();
  await compare();
} finally {
  await app.stop('SIGKILL');
  const ended = once(emulator, 'exit');
  emulator.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

async function compare(): Promise<void> {
  const cookie = await signedInCookie();
  const token = await appToken();
  const pid = app.program.process.pid ?? 0;
  const [plain, exported, memory]: [number[], number[], number[]] = [[], [], []];
  await readPages(token); // the emulator makes its people when they are first asked for
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await timed(() => readPages(token)));
    const before = ownMemoryMiB(pid);
    let peak = before;
    const looking = setInterval(() => {
      peak = Math.max(peak, ownMemoryMiB(pid));
    }, LOOK_EVERY_MS);
    const cpuBefore = [cpuTimeMs(emulator.pid ?? 0), cpuTimeMs(pid)];
    exported.push(await timed(() => readExport(cookie)));
    clearInterval(looking);
    const cpuMs = [cpuTimeMs(emulator.pid ?? 0), cpuTimeMs(pid)].map((ms, index) =>
      (ms - (cpuBefore[index] ?? 0)).toFixed(0),
    );
    memory.push(peak - before);
    say(
      `round ${round + 1}: pages alone ${plain.at(-1)?.toFixed(0)} ms, export ${exported.at(-1)?.toFixed(0)} ms, memory ${before.toFixed(1)} MiB and at most ${(peak - before).toFixed(1)} MiB more; CPU of the emulator ${cpuMs[0]} ms, of the app ${cpuMs[1]} ms`,
    );
  }
  const share = (median(plain) / median(exported)) * 100;
  say(`the export has ${share.toFixed(0)} % of the speed at which the pages can be delivered`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

async function isEmulatorUp(): Promise<boolean> {
  return fetch(`${baseUrl}/_emulator/ledger`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function signedInCookie(): Promise<string> {
  const browser = createBrowser();
  const url = `http://localhost:${port}`;
  const picker = await browser.visit(`${url}/login`);
  await browser.press(await browser.press(picker, 'adele.vance', 'work'), 'accept');
  return browser.cookieHeader(url);
}

async function appToken(): Promise<string> {
  const response = await fetch(`${baseUrl}/contoso.example/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: 'a-client-secret-of-the-tests-0123456789',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error('the emulator gave no token');
  return access_token;
}

/** Every page of the directory, one after the other, as the app asks for them. */
async function readPages(token: string): Promise<void> {
  let url: string | undefined =
    `${baseUrl}/v1.0/users?$select=${SELECT}&$orderby=displayName&$count=true&$top=999`;
  const headers = { Authorization: `Bearer ${token}`, ConsistencyLevel: 'eventual' };
  while (url !== undefined) {
    const text = await bodyOf(url, { agent, headers });
    url = /"@odata\.nextLink":\s*"([^"]+)"/.exec(text.slice(0, 2_000))?.[1];
  }
}

function bodyOf(url: string, options: RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`the emulator answered ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}

/** @throws Error where a line is missing */
function readExport(cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const url = `http://localhost:${port}/graphcall/export.csv`;
    httpGet(url, { headers: { Cookie: cookie } }, (response) => {
      let lines = 0;
      response.on('data', (chunk: Buffer) => {
        for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', at + 1)) lines += 1;
      });
      response.on('error', reject);
      response.on('end', () => (lines > USERS ? resolve() : reject(new Error(`only ${lines} lines`))));
    }).on('error', reject);
  });
}
