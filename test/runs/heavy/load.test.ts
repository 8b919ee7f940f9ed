import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cpuTimeMs } from '../../bench/cpu-time.ts';
import { type BenchApp, type BenchStage, openStage, ownMemoryMiB } from '../../bench/stage.ts';
import { sendLoad, usualRequests, within } from '../../support/load.ts';
import { peopleOf } from '../../support/sign-ins.ts';

const MINUTES = 10;
const MEASURING_SECONDS = 10;
/** The aim is 0.9, of which turning the others away takes nearly all that is left. */
const LEAST = 0.85;
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
  const before = cpuTimeMs(app.pid);
  const { servedMs } = await sendLoad({ ...load, pace: { clients: 64 } });
  const capacity = servedMs.length / MEASURING_SECONDS;
  // what others take of the machine is no matter of the app
  const perCpuMs = servedMs.length / (cpuTimeMs(app.pid) - before);
  const memoryMiB: number[] = [];
  const reports: string[] = [];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const usedMs = cpuTimeMs(app.pid);
    const report = await sendLoad({ ...load, seconds: 60, pace: { perSecond: 2 * capacity } });
    const forCpu = report.servedMs.length / (cpuTimeMs(app.pid) - usedMs) / perCpuMs;
    memoryMiB.push(ownMemoryMiB(app.pid));
    const goodput = report.servedMs.length / 60 / capacity;
    const p99Ms = within(report.servedMs, 0.99);
    reports.push(
      `${(goodput * 100).toFixed(0)} %, for the same CPU ${(forCpu * 100).toFixed(0)} %, p99 ${p99Ms.toFixed(0)} ms, health ${report.healthMs.at(-1)?.toFixed(0)} ms, ${memoryMiB.at(-1)?.toFixed(0)} MiB`,
    );
    expect(report.failed).toBe(0);
    expect(p99Ms).toBeLessThan(2_000);
    expect(forCpu).toBeGreaterThan(LEAST);
  }
  process.stdout.write(`twice ${capacity.toFixed(0)} a second:\n${reports.join('\n')}\n`);
  expect(Math.max(...memoryMiB) - (memoryMiB[0] ?? 0)).toBeLessThan(MOST_GROWTH_MIB);
}, 1_200_000);
