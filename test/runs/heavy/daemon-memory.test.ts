import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTenant, type Tenant } from '../../daemon/tenant.ts';

// npm test -- --testMatch '**/test/heavy/daemon-memory.heavy.ts'

const USERS = 1_000_000;
const MOST_MEBIBYTES = 120;
const LOOK_EVERY_MS = 100;
const MINUTES = 60_000;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant({ users: USERS - 3 });
});
afterAll(() => tenant.close());

/** The most memory that a process had so far, in MiB: VmHWM is the peak of its resident set (proc(5)). */
function peakMebibytes(processId: number | undefined): number {
  try {
    const [, kibibytes = '0'] =
      /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    return Number(kibibytes) / 1024;
  } catch {
    return 0;
  }
}

test(
  'a million users in constant memory',
  async () => {
    const startedAtMs = performance.now();
    const program = tenant.start([
      ...[tenant.parameters(), '--all', '--format', 'ndjson', '--output', 'million.ndjson', '--quiet'],
    ]);
    let peak = 0;
    const looking = setInterval(() => {
      peak = Math.max(peak, peakMebibytes(program.process.pid));
    }, LOOK_EVERY_MS);
    const status = await program.exited;
    clearInterval(looking);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    process.stdout.write(
      `a million users: ${seconds.toFixed(1)} s, peak ${peak.toFixed(1)} MiB, ${program.output.stderr || 'nothing on stderr'}\n`,
    );
    expect(status).toBe(0);
    expect(await linesOf(join(tenant.folder, 'million.ndjson'))).toBe(USERS);
    expect(peak).toBeLessThan(MOST_MEBIBYTES);
  },
  20 * MINUTES,
);

async function linesOf(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file)) {
    for (const byte of chunk as Buffer) if (byte === 10) lines += 1;
  }
  return lines;
}
