import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ask, startStoreProcess } from '../../sessions/store-process.ts';

/** What a page may be late because somebody else is signing in. */
const MOST_LATE_MS = 20;

let folder: string;
let processes: ChildProcess[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'store-punctual-'));
  const start = () => startStoreProcess(join(folder, 'data'), (warning) => expect(warning).toBeUndefined());
  processes = await Promise.all([start(), start()]);
});
afterAll(() => {
  for (const child of processes) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

test('two processes that write sessions all the time keep their event loops free', async () => {
  const delays = await Promise.all(
    processes.map((child, n) => ask(child, { does: 'bePunctual', id: `process${n} ` })),
  );
  process.stdout.write(`event-loop delays: ${JSON.stringify(delays)}\n`);
  for (const delay of delays as { p99Ms: number }[]) expect(delay.p99Ms).toBeLessThan(MOST_LATE_MS);
});
