import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type SourceProgram, startSource } from '../support/source-program.ts';
import { until } from '../support/until.ts';

let program: SourceProgram | undefined;
afterEach(() => void program?.process.kill('SIGKILL'));

async function start(endsAfterMs: number, ...more: string[]): Promise<SourceProgram> {
  const started = startSource('test/main/ends-by-signals.ts', [String(endsAfterMs), ...more]);
  program = started;
  await until(() => started.said() === 'ready\n');
  return started;
}

describe('a program that is told to end', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s: in order', async (signal) => {
    const { process: child, exited } = await start(50);
    child.kill(signal);
    expect(await exited).toBe(0);
  });

  test('the same Ctrl-C from the terminal and from npm is one', async () => {
    const { process: child, exited } = await start(100, 'twice');
    child.kill('SIGINT');
    expect(await exited).toBe(0);
  });

  test('another signal ends it at once', async () => {
    const { process: child, exited } = await start(900);
    const startedAtMs = performance.now();
    child.kill('SIGTERM');
    await pause(300); // later than what npm passes on
    child.kill('SIGINT');
    expect(await exited).toBe(1);
    expect(performance.now() - startedAtMs).toBeLessThan(900);
  });

  test('what never ends in order ends at the deadline', async () => {
    const { process: child, exited } = await start(60_000);
    const startedAtMs = performance.now();
    child.kill('SIGTERM');
    expect(await exited).toBe(1);
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });
});
