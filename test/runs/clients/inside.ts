import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { type Ending, runDriver } from './driver.ts';
import { ELSEWHERE, GOOD_PATH, MATRIX_FAULTS, type MatrixFault } from './faults.ts';

// Runs in namespaces of its own, where Microsoft's names lead to this machine: one client, through every fault. Writes a
// JSON line for each. Usage: inside.ts ORDER, a JSON text.

/** What is to be run. */
export interface Order {
  readonly command: readonly string[];
  readonly limitMs: number;
  /** Titles of faults. */
  readonly faults: readonly string[];
  /** Of a sample. */
  readonly redirectUri?: string | undefined;
}

/** What happened. */
export interface Happening {
  readonly title: string;
  readonly ending: Ending;
  /** Of the requests that came, in their order. */
  readonly paths: readonly string[];
  /** Of each request to the other host that a redirect names: whether it had a credential. */
  readonly elsewhere: readonly boolean[];
}

const CLIENT_ID = 'c11e0a7e-5b1d-4c3e-9a77-0d5e8f3b6a21';
const SECRET = 'the secret of the matrix';
const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const REDIRECT_URI = 'http://localhost:3000/callback';
/** Of other drivers, which have places of their own. */
const SPRING_REDIRECT_URI = 'http://localhost:3000/login/oauth2/code/entra';
const PAGE = 'http://localhost:3000/page';
const PERSON = 'adele.vance@contoso.example';

const order: Order = JSON.parse(process.argv[2] ?? '{}');
const folder = mkdtempSync(join(tmpdir(), 'client-matrix-'));
const elsewhere: boolean[] = [];
const other = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  elsewhere.push(/Bearer|Basic|client_secret|assertion/.test(`${request.headers.authorization}${body}`));
  response.writeHead(404).end();
}).listen(Number(new URL(ELSEWHERE).port), '127.0.0.1');
const emulator = await startEmulator({ port: 443, asMicrosoft: true, state: folder, seed: seed() });
try {
  for (const fault of [GOOD_PATH, ...MATRIX_FAULTS.filter(({ title }) => order.faults.includes(title))]) {
    const happening = await meet(fault, emulator);
    process.stdout.write(`${JSON.stringify(happening)}\n`);
    if (fault === GOOD_PATH && !('ok' in happening.ending)) break;
  }
} finally {
  await emulator.close();
  other.close();
  other.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}

function seed() {
  const registration = {
    clientId: CLIENT_ID,
    redirectUris: [REDIRECT_URI, SPRING_REDIRECT_URI, order.redirectUri ?? REDIRECT_URI],
    spaRedirectUris: [PAGE],
    secrets: [{ value: SECRET }],
    delegatedPermissions: ['User.Read', 'User.ReadBasic.All'],
    applicationPermissions: ['User.Read.All'],
    adminConsented: true,
  };
  return { registrations: [registration] };
}

async function meet(fault: MatrixFault, met: Emulator): Promise<Happening> {
  met.reset();
  elsewhere.length = 0;
  met.clock.advance({ hours: fault.hoursAhead ?? 0 });
  for (const one of fault.faults) met.addFault(one);
  const home = mkdtempSync(join(folder, 'home-'));
  const ending = await runDriver({
    ...{ command: order.command, limitMs: order.limitMs },
    environment: { ...environmentOf(met), HOME: home, TMPDIR: home },
    visit: (url) => met.signInByFetch(url, PERSON),
  });
  return {
    title: fault.title,
    ending,
    paths: met.ledger().map(({ path }) => path),
    elsewhere: [...elsewhere],
  };
}

/** A new person's: nothing but the trust in the emulator's certificate, and the app's settings. */
function environmentOf(met: Emulator): Record<string, string> {
  return {
    ...met.environment(),
    ...{ PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', REDIRECT_URI },
    ...{ AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: CLIENT_ID, AZURE_CLIENT_SECRET: SECRET },
  };
}
