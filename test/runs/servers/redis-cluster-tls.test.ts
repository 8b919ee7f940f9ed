import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { type MadeCertificate, makeCertificate } from '../../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../../support/app-process.ts';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { redisCli } from '../../support/redis-cli.ts';
import { until } from '../../support/until.ts';
import { attemptSignIn } from '../../threats/support/outcome.ts';

// The certificate has the name `localhost` only, and the nodes tell each other's addresses.

let folder: string;
let tls: MadeCertificate;
let emulator: Emulator;
let nodes: RedisServer[];
let app: AppProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redis-cluster-tls-'));
  tls = makeCertificate(folder, 'localhost');
  emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
  nodes = await Promise.all(
    Array.from({ length: 3 }, () => startRedis(['--cluster-enabled', 'yes', '--tls-cluster', 'yes'], tls)),
  );
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const secure = ['--tls', '--cacert', tls.certificateFile];
  const ask = (port: number, ...command: string[]) => redisCli(port, ...secure, ...command);
  await ask(nodes[0]?.port ?? 0, '--cluster', 'create', ...hosts, '--cluster-yes');
  for (const { port } of nodes)
    await until(async () => (await ask(port, 'CLUSTER', 'INFO')).includes('cluster_state:ok'));
});
afterEach(async () => {
  await app?.stop('SIGKILL');
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function prepare(redisUrl: string): Promise<{ process: AppProcess; url: string }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment = { BASE_URL: url, REDIS_URL: redisUrl };
  app = createAppProcess({ port, folder, emulator, certificateFile: tls.certificateFile, environment });
  return { process: app, url };
}

test('a cluster over TLS, by the name of one server: the others may be told by address', async () => {
  const { process, url } = await prepare(nodes[0]?.url ?? '');
  await process.start();
  for (let time = 0; time < 6; time += 1)
    expect((await attemptSignIn({ url, emulator })).page.status).toBe(302);
  expect(process.program.output.stdout).not.toContain('"level":40');
});

test('by a name that the certificate does not have: not ready, and why', async () => {
  const { process, url } = await prepare((nodes[0]?.url ?? '').replace('localhost', '127.0.0.1'));
  const starting = process.start().catch(() => undefined);
  const status = () =>
    createBrowser()
      .visit(`${url}/readyz`)
      .then(
        (page) => page.status,
        () => 0,
      );
  await until(async () => (await status()) === 503);
  await until(() => process.program.output.stdout.includes('is for a wrong host name'));
  await process.stop('SIGKILL');
  await starting;
});
