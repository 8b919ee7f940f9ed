/** `npm run bench -- load [seconds]`: what is served, and how soon, at one, one and a half and two times capacity. */
import { join } from 'node:path';
import { sendLoad, usualRequests, within } from '../support/load.ts';
import type { LoadReport } from '../support/open-loop.ts';
import { peopleOf } from '../support/sign-ins.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { type BenchApp, openStage, ownMemoryMiB, say } from './stage.ts';

const SECONDS = Number(process.argv[3] ?? 10);
/** V8 takes some thousands of requests until it has compiled what is asked most. */
const WARM_UP_SECONDS = 12;
/** Whoever waits longer has gone, or asks again. */
const USEFUL_MS = 2_000;
const CLIENTS = 64;
const people = peopleOf(50);

const stage = await openStage(people);
try {
  const app = await stage.startApp({ DATA_DIR: join(stage.folder, 'data'), LOG_LEVEL: 'error' });
  const requests = await usualRequests(app.url, people);
  const healthUrl = `${app.url}/healthz`;
  const closed = { requests, healthUrl, pace: { clients: CLIENTS } };
  await sendLoad({ ...closed, seconds: WARM_UP_SECONDS });
  const before = cpuTimeMs(app.pid);
  const { servedMs } = await sendLoad({ ...closed, seconds: SECONDS });
  const capacity = servedMs.length / SECONDS;
  const cpuMs = (cpuTimeMs(app.pid) - before) / servedMs.length;
  say(`capacity: ${capacity.toFixed(0)} requests a second, ${cpuMs.toFixed(2)} ms CPU each`);
  for (const times of [1, 1.5, 2]) {
    const pace = { perSecond: capacity * times };
    const usedMs = cpuTimeMs(app.pid);
    const report = await sendLoad({ requests, healthUrl, seconds: SECONDS, pace });
    tell(`${times} times`, report, { capacity, app, cpuMs: cpuTimeMs(app.pid) - usedMs });
  }
} finally {
  await stage.close();
}

interface Around {
  capacity: number;
  app: BenchApp;
  /** That the app used meanwhile. */
  cpuMs: number;
}

function tell(name: string, report: LoadReport, { capacity, app, cpuMs }: Around): void {
  const { sent, servedMs, refusedMs, failed, healthMs, mostWaiting, lateMs } = report;
  const ms = (times: readonly number[], share: number) => `${within(times, share).toFixed(0)} ms`;
  const goodput = servedMs.filter((tookMs) => tookMs < USEFUL_MS).length / SECONDS;
  say(
    `${name.padEnd(9)} sent ${sent} (late by ${lateMs.toFixed(0)} ms), served ${servedMs.length} (${((goodput / capacity) * 100).toFixed(0)} % of capacity within two seconds), ` +
      `p50 ${ms(servedMs, 0.5)}, p99 ${ms(servedMs, 0.99)}; turned away ${refusedMs.length}, p99 ${ms(refusedMs, 0.99)}; failed ${failed}; ` +
      `/healthz p50 ${ms(healthMs, 0.5)}, at most ${ms(healthMs, 1)}; waiting at most ${mostWaiting}; ${(cpuMs / servedMs.length).toFixed(2)} ms CPU for each that was served, ${(cpuMs / SECONDS / 10).toFixed(0)} % of a processor; ${ownMemoryMiB(app.pid).toFixed(0)} MiB`,
  );
}
