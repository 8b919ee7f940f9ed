import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { makeCertificate } from '../../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../../support/app-process.ts';
import { freePort } from '../../support/free-port.ts';
import { JWT } from '../../support/jwt.ts';
import { until } from '../../support/until.ts';
import { signedIn } from '../../threats/support/outcome.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

let folder: string;
let emulator: Emulator;
let app: AppProcess;
let url: string;
/** What the collector was told: protocol buffers, whose texts stand in them as they are. */
let told: Buffer[];
let collector: ReturnType<typeof createServer>;
let askedOf: { path: string | undefined; headers: IncomingHttpHeaders }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'traces-'));
  [told, askedOf] = [[], []];
  collector = createServer(async (request, response) => {
    askedOf.push({ path: request.url, headers: request.headers });
    told.push(await buffer(request));
    response.end();
  });
  await once(collector.listen(0, '127.0.0.1'), 'listening');
  const tls = makeCertificate(folder, 'localhost');
  emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
  const port = await freePort();
  url = `http://localhost:${port}`;
  app = createAppProcess({
    port,
    folder,
    emulator,
    certificateFile: tls.certificateFile,
    environment: {
      BASE_URL: url,
      DATA_DIR: join(folder, 'data'),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-team=people',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
  });
});
afterEach(async () => {
  await app.stop('SIGKILL');
  collector.close();
  collector.closeAllConnections();
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a collector is told of requests and what they caused, in the trace that they belong to, and of nobody', async () => {
  await app.start();
  const browser = await signedIn({ url, emulator });
  const headers = { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` };
  await browser.visit(`${url}/graphcall?search=CANARY&top=5`, { headers });
  const all = () => Buffer.concat(told).toString('latin1');
  await until(() => all().includes('GET /graphcall') && all().includes('Microsoft Graph'));
  expect(askedOf[0]).toMatchObject({ path: '/v1/traces', headers: { 'x-team': 'people' } });
  expect(Buffer.concat(told).includes(Buffer.from(TRACE_ID, 'hex'))).toBe(true);
  expect(all()).toContain('GET /getAToken');
  expect(all()).toContain('identity platform');
  const calls = emulator.ledger().filter(({ path }) => path.startsWith('/v1.0/users'));
  expect(calls.at(-1)?.headers?.traceparent).toMatch(new RegExp(`^00-${TRACE_ID}-`));
  expect(all()).not.toMatch(JWT);
  expect(all()).not.toMatch(/CANARY|adele|code=|state=|secret/i);
  expect(await app.stop('SIGTERM')).toBe(0);
});

test('what the packages would not take is refused at the start', async () => {
  await expect(app.start({ OTEL_TRACES_SAMPLER: 'sometimes' })).rejects.toThrow(
    'OTEL_TRACES_SAMPLER must be',
  );
});

test('a collector that is not there is said once, and nothing else comes of it', async () => {
  await app.start({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=CANARY',
    OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    OTEL_BSP_SCHEDULE_DELAY: '50',
  });
  await signedIn({ url, emulator });
  await app.program.says(/The OpenTelemetry collector at OTEL_EXPORTER_OTLP_ENDPOINT does not take/);
  await signedIn({ url, emulator });
  expect(await app.stop('SIGTERM')).toBe(0);
  const { stdout, stderr } = app.program.output;
  expect(`${stdout}${stderr}`.match(/does not take the traces/g)).toHaveLength(1);
  expect(`${stdout}${stderr}`).not.toContain('CANARY');
});

test.each([
  [{}, 'service.name', 'ms-identity-typescript-webapp'],
  [{ OTEL_SERVICE_NAME: 'directory' }, 'service.name', 'directory'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=people,team=a%2Cb' }, 'team', 'people', 'a,b'],
])('with %j a collector is told who it is', async (environment, ...texts) => {
  await app.start({ ...environment, OTEL_TRACES_EXPORTER: ' OTLP ' });
  await until(() => told.length > 0);
  const all = Buffer.concat(told).toString('latin1');
  for (const text of texts) expect(all).toContain(text);
  expect(all).not.toContain('unknown_service');
});

test('a collector that is silent does not hold up the end', async () => {
  collector.removeAllListeners('request');
  await app.start({ OTEL_BSP_SCHEDULE_DELAY: '60000' });
  await signedIn({ url, emulator });
  const startedAtMs = performance.now();
  expect(await app.stop('SIGTERM')).toBe(0);
  expect(performance.now() - startedAtMs).toBeLessThan(4_000);
});

test('nothing is told where the variables say so', async () => {
  await app.start({ OTEL_SDK_DISABLED: 'true' });
  await signedIn({ url, emulator });
  expect(await app.stop('SIGTERM')).toBe(0);
  expect(askedOf).toEqual([]);
});
