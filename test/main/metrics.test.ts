import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { makeCertificate } from '../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../support/app-process.ts';
import { createBrowser } from '../support/browser.ts';
import { freePort } from '../support/program.ts';
import { signedIn } from '../threats/support/outcome.ts';

const MINUTES = 60_000;

describe('the figures of a process', () => {
  let folder: string;
  let emulator: Emulator;
  let app: AppProcess;
  let place: { url: string; emulator: Emulator };
  let metricsUrl: string;
  beforeAll(async () => {
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
  }, MINUTES);
  afterAll(async () => {
    await app.stop('SIGKILL');
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function figures(): Promise<Map<string, number>> {
    const { html } = await createBrowser().visit(metricsUrl);
    const lines = html.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [
        line.slice(0, line.lastIndexOf(' ')),
        Number(line.slice(line.lastIndexOf(' ') + 1)),
      ]),
    );
  }

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

  test('are on a port of their own, and name nobody', async () => {
    expect((await createBrowser().visit(`${place.url}/metrics`)).status).toBe(404);
    expect((await createBrowser().visit(metricsUrl.replace('/metrics', '/'))).status).toBe(404);
    const { html } = await createBrowser().visit(metricsUrl);
    expect(html).not.toMatch(/adele|contoso|eyJ|secret/i);
    await expect(createBrowser().visit(metricsUrl.replace('127.0.0.1', '[::1]'))).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
