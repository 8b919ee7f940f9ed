import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startEmulator } from '../../../src/emulator/index.ts';
import { makeCertificate } from '../../daemon/certificates.ts';
import { createAppProcess } from '../../support/app-process.ts';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/until.ts';
import { signedIn } from '../../threats/support/outcome.ts';

const dashboard = z
  .object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })) })
  .parse(JSON.parse(readFileSync('deploy/grafana/app.json', 'utf8')));
const QUERIES = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** Nothing of the kind happened here. */
const MAY_BE_EMPTY = /status=~"5|outcome="failed"/;

const Result = z.object({
  status: z.literal('success'),
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

let prometheusUrl: string;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const tls = makeCertificate(folder, 'localhost');
  const emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
  closing.push(() => emulator.close());
  const [port, metricsPort, prometheusPort] = [await freePort(), await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const { certificateFile } = tls;
  const environment = { METRICS_PORT: `${metricsPort}`, BASE_URL: url, DATA_DIR: join(folder, 'data') };
  const app = createAppProcess({ port, folder, emulator, certificateFile, environment });
  closing.push(() => app.stop('SIGKILL'));
  await app.start();

  const configFile = join(folder, 'prometheus.yml');
  writeFileSync(
    configFile,
    `scrape_configs: [{ job_name: app, scrape_interval: 1s, static_configs: [{ targets: ['127.0.0.1:${metricsPort}'] }] }]\n`,
  );
  const prometheus = spawn(
    'prometheus',
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${prometheusPort}`,
    ],
    { stdio: 'ignore' },
  );
  closing.push(() => prometheus.kill('SIGKILL'));
  prometheusUrl = `http://127.0.0.1:${prometheusPort}`;

  const isSeen = async () =>
    valuesOf('sum(increase(sign_ins_total[1m])) > 0').then(
      (values) => values.length > 0,
      () => false,
    );
  // an increase is seen from the second look on
  await until(async () => {
    const browser = await signedIn({ url, emulator });
    await browser.visit(`${url}/graphcall?top=5`);
    return isSeen();
  });
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

async function valuesOf(query: string): Promise<string[]> {
  const { html } = await createBrowser().visit(
    `${prometheusUrl}/api/v1/query?query=${encodeURIComponent(query)}`,
  );
  return Result.parse(JSON.parse(html)).data.result.map(({ value }) => value[1]);
}

test('the dashboard asks for figures', () => {
  expect(QUERIES.length).toBeGreaterThan(10);
});

test.each(QUERIES)('%s is a query that the figures answer', async (query) => {
  const values = await valuesOf(query.replaceAll('$__rate_interval', '1m'));
  if (MAY_BE_EMPTY.test(query)) return;
  expect(values.filter((value) => value !== 'NaN')).not.toEqual([]);
});

test.each(QUERIES)('%s names figures that there are', async (query) => {
  const names = query.match(/\b(?:[a-z]+_)+[a-z0-9]+\b|\bsessions\b/g) ?? [];
  const figures = names.filter((name) => !name.startsWith('histogram_') && !name.startsWith('__'));
  for (const name of figures) expect([name, (await valuesOf(`count(${name})`)).length]).toEqual([name, 1]);
});
