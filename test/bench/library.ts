/**
 * `npm run bench -- library [rounds]`: an app of three lines beside the same app with express-openid-connect, which has
 * its packages to itself: CPU time of their processes, as ratios.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { npm } from '../support/node-version.ts';
import { get } from './client.ts';
import { CLIENT_ID, openServers, type SignIn } from './servers.ts';
import { type Measured, measure, type Operation, report } from './slices.ts';

const ROUNDS = Number(process.argv[3] ?? 40);
const PROCESSES_OF_EACH = 3;
const FOLDER = 'test/bench/library';
const PEER = 'express-openid-connect';

interface Server extends Measured {
  url: string;
  /** Of the newest session: one person has only so many at once. */
  cookie: string;
  signIn: SignIn;
}

const OPERATIONS: Record<string, Operation<Server>> = {
  /** From /login to the guarded page. */
  signIn: {
    perSlice: 50,
    async run(server) {
      server.cookie = await server.signIn();
      await ok(server, '/');
    },
  },
  page: { perSlice: 150, run: (server) => ok(server, '/') },
  /** A guarded page that calls Microsoft Graph, with the access token at hand. */
  api: { perSlice: 75, run: (server) => ok(server, '/people') },
};

async function ok({ name, url, cookie }: Server, path: string): Promise<void> {
  const { status } = await get(`${url}${path}`, cookie);
  if (status !== 200) throw new Error(`${name} answers ${path} with ${status}`);
}

npm(['ci', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
execFileSync(process.execPath, ['scripts/package.mjs'], { stdio: 'inherit' });
const stage = await openServers();
try {
  const servers: Server[] = [];
  for (let number = 1; number <= PROCESSES_OF_EACH; number += 1) {
    servers.push(await startServer(PEER, 'express-openid-connect.js'));
    servers.push(await startServer('memory', 'three-lines.js'));
    const data = { DATA_DIR: join(stage.folder, `data-${number}`) };
    servers.push(await startServer('lasting', 'three-lines.js', data));
  }
  report(await measure(servers, OPERATIONS, ROUNDS), PEER, ['memory', 'lasting']);
} finally {
  await stage.close();
}

/** Both get one tenant, which express-openid-connect needs. */
async function startServer(
  name: string,
  program: string,
  environment: Record<string, string> = {},
): Promise<Server> {
  const port = `${await freePort()}`;
  const url = `http://localhost:${port}`;
  const { baseUrl, accounts } = stage.emulator;
  const pid = await stage.start([join(FOLDER, program)], {
    ...{ PORT: port, CLIENT_ID, CLIENT_SECRET: 'emulator-client-secret-not-for-production' },
    ...{ AUTHORITY: `${baseUrl}/${accounts[0]?.tenantId}`, GRAPH_ENDPOINT: baseUrl },
    ...{ SESSION_SECRET: 'bench-session-secret-0123456789-abcdefgh', RATE_LIMIT_PER_MINUTE: '0' },
    ...environment,
  });
  const signIn = await stage.signInTo(url);
  return { name, pid, url, cookie: await signIn(), signIn };
}
