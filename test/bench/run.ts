/**
 * `npm run bench [rounds] [other builds]`: CPU time of the app's process for each operation, as a ratio to a bare
 * baseline that is measured in the same run. Several processes of each take turns in short slices, for two of the same
 * code can differ by a tenth. The first half warms up, the second counts. With other builds, such as
 * `../other/dist/main/web.js`, these are measured instead of the baseline, as ratios to this build.
 */
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { connectionOfOneVisitor, get } from './client.ts';
import { CLIENT_ID, cookiesOf, openServers, type SignIn } from './servers.ts';
import { type Measured, measure, type Operation, report } from './slices.ts';
import { build } from './stage.ts';

const [, , rounds = '40', ...OTHER_BUILDS] = process.argv;
const ROUNDS = Number(rounds);
const PROCESSES_OF_EACH = 3;

/** `baseline`, `app`, or the file of another build. */
interface Server extends Measured {
  url: string;
  /** Of the newest session: one person has only so many at once. */
  cookie: string;
  signIn: SignIn;
}

const OPERATIONS: Record<string, Operation<Server>> = {
  /** From /login to the page that the person sees, over a connection that all share. */
  signIn: {
    perSlice: 75,
    async run(server) {
      server.cookie = await server.signIn();
      await get(`${server.url}/`, server.cookie);
    },
  },
  /** The same by somebody whose browser connects first, as that of everybody who signs in does. */
  newcomer: {
    perSlice: 75,
    async run(server) {
      const connection = connectionOfOneVisitor();
      server.cookie = await server.signIn(connection);
      await get(`${server.url}/`, server.cookie, connection);
      connection.destroy();
    },
  },
  home: { perSlice: 150, run: (server) => get(`${server.url}/`, server.cookie) },
  users: { perSlice: 50, run: (server) => get(`${server.url}/graphcall?top=100`, server.cookie) },
};

build();
const stage = await openServers();
try {
  const servers: Server[] = [];
  for (let number = 1; number <= PROCESSES_OF_EACH; number += 1) {
    const first = OTHER_BUILDS.length === 0 ? [await startBaseline()] : [];
    servers.push(...first, await startApp('app', 'dist/main/web.js'));
    for (const build of OTHER_BUILDS) servers.push(await startApp(build, build));
  }
  const figures = await measure(servers, OPERATIONS, ROUNDS);
  if (OTHER_BUILDS.length === 0) report(figures, 'baseline', ['app']);
  else report(figures, 'app', OTHER_BUILDS);
} finally {
  await stage.close();
}

async function startBaseline(): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const token = await appToken();
  const pid = await stage.start(
    ['--import', 'tsx', 'test/bench/baseline.ts', String(port), stage.emulator.baseUrl, token],
    // The app itself takes no emulator in production, and does nothing else then.
    { NODE_ENV: 'production' },
  );
  const signIn: SignIn = async (connection) => cookiesOf(await get(`${url}/login`, '', connection));
  return { name: 'baseline', pid, url, cookie: await signIn(), signIn };
}

async function appToken(): Promise<string> {
  const tenant = stage.emulator.accounts[0]?.tenantId ?? '';
  const answer = await fetch(`${stage.emulator.baseUrl}/${tenant}/oauth2/v2.0/token`, {
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
  const { baseUrl } = stage.emulator;
  const pid = await stage.start([program], {
    PORT: String(port),
    CLIENT_ID,
    CLIENT_SECRET: 'emulator-client-secret-not-for-production',
    AUTHORITY: `${baseUrl}/common`,
    GRAPH_ENDPOINT: baseUrl,
    SESSION_SECRET: 'bench-session-secret-0123456789-abcdefgh',
    RATE_LIMIT_PER_MINUTE: '0',
    DATA_DIR: join(stage.folder, `data-${port}`),
  });
  const signIn = await stage.signInTo(url);
  return { name, pid, url, cookie: await signIn(), signIn };
}
