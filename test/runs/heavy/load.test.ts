import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type BenchApp, type BenchStage, openStage, ownMemoryMiB } from '../../bench/stage.ts';
import { sendLoad, usualRequests, within } from '../../support/load.ts';
import { peopleOf } from '../../support/sign-ins.ts';

const MINUTES = 10;
const MEASURING_SECONDS = 10;
/** After its first minute at twice capacity. */
const MOST_GROWTH_MIB = 50;

let stage: BenchStage;
let app: BenchApp;
beforeAll(async () => {
  const people = peopleOf(50);
  stage = await openStage(people);
  app = await stage.startApp({ DATA_DIR: join(stage.folder, 'data'), LOG_LEVEL: 'error' });
});
afterAll(() => stage.close());

test(`${MINUTES} minutes at twice capacity: people are served as at capacity and soon, and memory does not grow`, async () => {
  const requests = await usualRequests(app.url, peopleOf(50));
  const healthUrl = `${app.url}/healthz`;
  const load = { requests, healthUrl, seconds: MEASURING_SECONDS };
  await sendLoad({ ...load, pace: { clients: 64 } });
  const capacity = (await sendLoad({ ...load, pace: { clients: 64 } })).servedMs.length / MEASURING_SECONDS;
  const memoryMiB: number[] = [];
  const reports: string[] = [];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const report = await sendLoad({ ...load, seconds: 60, pace: { perSecond: 2 * capacity } });
    memoryMiB.push(ownMemoryMiB(app.pid));
    const goodput = report.servedMs.length / 60 / capacity;
    const p99Ms = within(report.servedMs, 0.99);
    reports.push(
      `${(goodput * 100).toFixed(0)} %, p99 ${p99Ms.toFixed(0)} ms, health ${report.healthMs.at(-1)?.toFixed(0)} ms, ${memoryMiB.at(-1)?.toFixed(0)} MiB`,
    );
    expect(report.failed).toBe(0);
    expect(p99Ms).toBeLessThan(2_000);
    expect(goodput).toBeGreaterThan(0.9);
  }
  process.stdout.write(`twice ${capacity.toFixed(0)} a second:\n${reports.join('\n')}\n`);
  expect(Math.max(...memoryMiB) - (memoryMiB[0] ?? 0)).toBeLessThan(MOST_GROWTH_MIB);
}, 1_200_000);
