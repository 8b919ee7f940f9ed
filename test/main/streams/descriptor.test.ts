import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFifo } from '../../support/fifo.ts';
import { type SourceProgram, startSource } from '../../support/source-program.ts';
import { type OnTerminal, startOnTerminal } from '../../support/terminal.ts';
import { until } from '../../support/until.ts';

/** What is held up never says anything. */
const TAKES_MS = 30_000;
const FILL = 'test/main/streams/fill.ts';

let folder: string;
let running: SourceProgram[];
let terminal: OnTerminal | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streams-'));
  running = [];
});
afterEach(async () => {
  for (const program of running) program.process.kill('SIGKILL');
  await terminal?.close();
  rmSync(folder, { recursive: true });
});

function fill(stdout: number | 'pipe'): SourceProgram {
  const program = startSource(FILL, [], stdout);
  running.push(program);
  return program;
}

describe('a full standard output does not hold up whoever writes', () => {
  test('a pipe', async () => {
    const fifo = createFifo(join(folder, 'pipe'));
    const program = fill(fifo.writeEnd);
    await until(() => program.said() !== '', TAKES_MS);
    expect(program.said()).toBe('EAGAIN\n');
    fifo.close();
  });

  test('a socket', async () => {
    const program = fill('pipe');
    await until(() => program.said() !== '', TAKES_MS);
    expect(program.said()).toBe('EAGAIN\n');
  });

  test('a terminal', async () => {
    const [begin, reason] = [join(folder, 'begin'), join(folder, 'reason')];
    writeFileSync(reason, '');
    const started = startOnTerminal(
      `echo ready; until [ -e ${begin} ]; do sleep 0.1; done; exec ${process.execPath} --import tsx ${FILL} 2>${reason}`,
    );
    terminal = started;
    await started.shows(/ready/);
    started.lookAway();
    writeFileSync(begin, '');
    await until(() => readFileSync(reason, 'utf8') !== '', TAKES_MS);
    expect(readFileSync(reason, 'utf8')).toBe('EAGAIN\n');
  });

  test('a file is written as it is', async () => {
    const file = join(folder, 'file');
    const program = fill(openSync(file, 'w'));
    expect([await program.exited, program.said()]).toEqual([0, 'it took everything\n']);
    expect(readFileSync(file, 'utf8')).toHaveLength(10_000_000);
  });
});
