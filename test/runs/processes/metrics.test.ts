import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { createMetrics } from '../../../src/main/metrics.ts';
import { createMemoryRecords } from '../../../src/sessions/store/memory-records.ts';
import type { SessionRecords } from '../../../src/sessions/store/records.ts';
import { openSqliteRecords } from '../../../src/sessions/store/sqlite/sqlite-records.ts';
import { makeCertificate } from '../../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../../support/app-process.ts';
import { createBrowser, type Page } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { JWT } from '../../support/jwt.ts';
import { PATIENT_MS, until } from '../../support/until.ts';
import { signedIn } from '../../threats/support/outcome.ts';

function figuresOn({ html }: Page): Map<string, number> {
  const lines = html.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  );
}

describe('the figures of a process', () => {
  let folder: string;
  let emulator: Emulator;
  let app: AppProcess;
  let place: { url: string; emulator: Emulator };
  let metricsUrl: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'metrics-'));
    const tls = makeCertificate(folder, 'localhost');
    emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
    const [port, metricsPort] = [await freePort(), await freePort()];
    app = createAppProcess({
      port,
      folder,
      emulator,
      certificateFile: tls.certificateFile,
      environment: {
        METRICS_PORT: String(metricsPort),
        DATA_DIR: join(folder, 'data'),
        BASE_URL: `http://localhost:${port}`,
      },
    });
    await app.start();
    place = { url: `http://localhost:${port}`, emulator };
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  });
  afterEach(async () => {
    await app.stop('SIGKILL');
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const figures = async () => figuresOn(await createBrowser().visit(metricsUrl));

  test('count sign-ins by outcome, requests by status, time in the store, sessions and bytes', async () => {
    const browser = await signedIn(place);
    await browser.visit(`${place.url}/graphcall?top=5`);
    emulator.addFault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
    await browser.visit(`${place.url}/graphcall?top=5`);
    emulator.addFault({
      at: 'token',
      fault: { kind: 'status', status: 400, body: { error: 'invalid_grant', error_codes: [50_053] } },
    });
    await expect(signedIn(place)).rejects.toThrow();
    const found = await figures();
    const refused = [...found.keys()].filter(
      (name) => name.startsWith('sign_ins_total') && !name.includes('signed_in'),
    );
    expect(found.get('sign_ins_total{outcome="signed_in"}')).toBe(1);
    expect(refused).toHaveLength(1);
    expect(found.get('token_request_seconds_count{status="200"}')).toBeGreaterThanOrEqual(1);
    expect(found.get('token_request_seconds_count{status="400"}')).toBe(1);
    expect(found.get('graph_call_seconds_count{status="200",retried="false"}')).toBe(1);
    expect(found.get('graph_call_seconds_count{status="403",retried="false"}')).toBe(1);
    expect(found.get('graph_call_seconds_sum{status="200",retried="false"}')).toBeGreaterThan(0);
    expect(found.get('session_store_seconds_count{operation="create",outcome="ok"}')).toBe(1);
    expect(found.get('session_store_seconds_count{operation="read",outcome="ok"}')).toBeGreaterThan(1);
    expect(found.get('sessions')).toBe(1);
    const bytes = (kind: string) => found.get(`session_store_bytes{kind="${kind}"}`) ?? 0;
    expect(bytes('used')).toBeGreaterThan(4_096);
    expect(bytes('file')).toBeGreaterThanOrEqual(bytes('used'));
    expect(bytes('most')).toBe(2 * 1_073_741_824);
  });

  test('count requests by the pattern of their route, whatever visitors think of, and tell of the process', async () => {
    const browser = await signedIn(place);
    await browser.visit(`${place.url}/graphcall/users/5eed0000-0000-4000-8000-000000000001`);
    for (const path of ['/getAToken/logout/x', '/wp-login.php', '/a/b/c/d/e/f'])
      await browser.visit(`${place.url}${path}`);
    await browser.visit(`${place.url}/logout/here`, { method: 'DELETE' });
    const found = await figures();
    const ofRoute = (route: string, method: string, status: number) =>
      found.get(`http_request_seconds_count{route="${route}",method="${method}",status="${status}"}`);
    expect(ofRoute('/login', 'GET', 302)).toBeGreaterThan(0);
    expect(ofRoute('other', 'GET', 404)).toBe(3);
    expect(ofRoute('/logout/here', 'other', 405)).toBe(1);
    const routes = [...found.keys()].flatMap(
      (name) => /^http_request_seconds_count\{route="([^"]+)"/.exec(name)?.[1] ?? [],
    );
    expect(routes).toContain('/graphcall/users/:id');
    expect(routes.filter((route) => !/^(other|\/[\w./:-]*)$/.test(route))).toEqual([]);
    expect(found.get('http_requests_turned_away_total')).toBe(0);
    expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(found.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });

  test('are at the address that the settings name', async () => {
    await app.stop('SIGTERM');
    await app.start({ METRICS_HOST: '127.0.0.2' });
    expect((await createBrowser().visit(metricsUrl.replace('127.0.0.1', '127.0.0.2'))).status).toBe(200);
    await expect(createBrowser().visit(metricsUrl)).rejects.toThrow('ECONNREFUSED');
  });

  test('count no export as a session', async () => {
    const browser = await signedIn(place);
    for (const digit of '12345') {
      await browser.visit(`${place.url}/graphcall/export.csv?follow=${digit.repeat(32)}`);
    }
    const notes = 'session_store_seconds_count{operation="write_note",outcome="ok"}';
    await until(async () => ((await figures()).get(notes) ?? 0) >= 5);
    expect((await figures()).get('sessions')).toBe(1);
  });

  test('are on a port of their own, and name nobody', async () => {
    await signedIn(place);
    expect((await createBrowser().visit(`${place.url}/metrics`)).status).toBe(404);
    expect((await createBrowser().visit(metricsUrl.replace('/metrics', '/'))).status).toBe(404);
    const { html } = await createBrowser().visit(metricsUrl);
    expect(html).not.toMatch(JWT);
    expect(html).not.toMatch(/adele|contoso|secret/i);
    await expect(createBrowser().visit(metricsUrl.replace('127.0.0.1', '[::1]'))).rejects.toThrow(
      'ECONNREFUSED',
    );
  });

  test('leave the size of a file out that cannot be read, and the app goes on', async () => {
    rmSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data'), 'no folder');
    await until(async () => !(await figures()).has('session_store_bytes{kind="used"}'));
    expect((await figures()).has('sessions')).toBe(true);
    expect((await createBrowser().visit(`${place.url}/healthz`)).status).toBe(200);
  });

  test('are told until the store closes, and not behind its back', async () => {
    const browser = await signedIn(place);
    emulator.addFault({ at: 'users', fault: { kind: 'delay', ms: 2_000 } });
    const asked = () => emulator.ledger().filter(({ path }) => path.startsWith('/v1.0/users')).length;
    const before = asked();
    const slow = browser.visit(`${place.url}/graphcall?top=5`);
    await until(() => asked() > before);
    let ended = false;
    const ending = app.stop('SIGTERM').finally(() => {
      ended = true;
    });
    const told: number[] = [];
    while (!ended) {
      const found = await figures().catch(() => undefined);
      if (found !== undefined) told.push(found.get('sessions') ?? Number.NaN);
    }
    expect((await slow).status).toBe(200);
    expect([await ending, told.length > 0, told.every(Number.isFinite)]).toEqual([0, true, true]);
  });
});

describe('a scrape of a store in trouble', () => {
  async function scrape(records: SessionRecords): Promise<Page> {
    const [metrics, port] = [createMetrics({ lostLogLines: () => 7 }), await freePort()];
    metrics.timed(records);
    const listening = await metrics.listen('127.0.0.1', port);
    const page = await createBrowser().visit(`http://127.0.0.1:${port}/metrics`);
    await listening.close();
    return page;
  }

  test('that is closed has what there is without it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
    const records = await openSqliteRecords({
      folder,
      onWarning: () => undefined,
      operationTimeoutMs: PATIENT_MS,
    });
    await records.close();
    const page = await scrape(records);
    const found = figuresOn(page);
    expect([page.status, found.get('sessions'), found.has('session_store_bytes{kind="file"}')]).toEqual([
      200,
      Number.NaN,
      false,
    ]);
    rmSync(folder, { recursive: true });
  });

  test('that fails as nobody foresaw is answered with 500 and a sentence', async () => {
    const count = () => {
      throw new Error('nobody foresaw this');
    };
    const { status, html } = await scrape({ ...createMemoryRecords(), count });
    expect([status, html]).toEqual([500, 'The figures cannot be read now.\n']);
  });
});
