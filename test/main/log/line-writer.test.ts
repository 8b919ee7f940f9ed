import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLineWriter, type LineWriter } from '../../../src/main/log/line-writer.ts';
import { createFifo, type Fifo } from '../../support/fifo.ts';
import { until } from '../../support/until.ts';

const MAX_WAITING_BYTES = 100_000;
const LINE_BYTES = 10;
/** More than a pipe and the queue hold. */
const MANY = 30_000;

const line = (number: number) => `${String(number).padStart(LINE_BYTES - 1, '0')}\n`;
const numbers = (text: string) => text.split('\n').slice(0, -1).map(Number);
const upTo = (count: number) => Array.from({ length: count }, (_item, index) => index);

let folder: string;
let fifo: Fifo;
let lost: Map<string, number>;
let writes: number;
let writers: LineWriter[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lines-'));
  fifo = createFifo(join(folder, 'pipe'), false);
  lost = new Map();
  writes = 0;
  writers = [];
});
afterEach(async () => {
  await Promise.all(writers.map((writer) => writer.end(0)));
  fifo.close();
  rmSync(folder, { recursive: true });
});

function writerOn(descriptor: number): LineWriter {
  const writer = createLineWriter({
    descriptor,
    maxWaitingBytes: MAX_WAITING_BYTES,
    onLost: (lines, code) => lost.set(code, (lost.get(code) ?? 0) + lines),
    onWritten: () => {
      writes += 1;
    },
  });
  writers.push(writer);
  return writer;
}

const lostLines = () => [...lost.values()].reduce((sum, lines) => sum + lines, 0);

describe('lines', () => {
  test('go out in their order, many with one write', async () => {
    const writer = writerOn(fifo.writeEnd);
    for (const number of upTo(1_000)) writer.write(line(number));
    let read = '';
    await until(() => {
      read += fifo.read();
      return read.length >= 1_000 * LINE_BYTES;
    });
    expect(numbers(read)).toEqual(upTo(1_000));
    await until(() => writes > 0); // a reader may be quicker than the word that it was written
    expect([writes, lost.size]).toEqual([1, 0]);
  });

  test('wait a moment for company, but not where somebody hurries', async () => {
    const other = createFifo(join(folder, 'other'), false);
    const order: string[] = [];
    const [lingering, hurried] = [writerOn(fifo.writeEnd), writerOn(other.writeEnd)];
    const startedAtMs = performance.now();
    lingering.write(line(1));
    hurried.write(line(2));
    hurried.hurry();
    await until(() => {
      if (other.read() !== '') order.push('hurried');
      if (fifo.read() !== '') order.push('lingering');
      return order.length === 2;
    });
    other.close();
    expect(order).toEqual(['hurried', 'lingering']);
    expect(performance.now() - startedAtMs).toBeGreaterThan(200);
  });

  test('that nobody reads are kept up to a bound, the rest is counted, and none is torn', async () => {
    const writer = writerOn(fifo.writeEnd);
    for (const number of upTo(MANY)) {
      writer.write(line(number));
      if (number % 1_000 === 0) await new Promise(setImmediate);
    }
    const kept = MANY - lostLines();
    expect([...lost.keys()]).toEqual(['EAGAIN']);
    expect(kept * LINE_BYTES).toBeLessThan(MAX_WAITING_BYTES + 3 * 65_536);
    let read = '';
    await until(() => {
      read += fifo.read();
      return read.length >= kept * LINE_BYTES;
    });
    expect(numbers(read)).toHaveLength(kept);
    expect(numbers(read).every((number, index, all) => index === 0 || number > (all[index - 1] ?? 0))).toBe(
      true,
    );
  });

  test('without a reader are given up at once, with the reason', async () => {
    const writer = writerOn(fifo.writeEnd);
    fifo.leave();
    for (const number of upTo(50)) writer.write(line(number));
    await until(() => lostLines() === 50);
    expect([...lost]).toEqual([['EPIPE', 50]]);
    expect([writer.isStuck(), writes]).toEqual([false, 0]);
  });

  test('are written at the end, as far as somebody reads, in the time that is given', async () => {
    const read = writerOn(fifo.writeEnd);
    read.write(line(7));
    await read.end(1_000);
    expect([fifo.read(), lostLines()]).toEqual([line(7), 0]);
    for (const number of upTo(MANY)) read.write(line(number));
    const startedAtMs = performance.now();
    await read.end(300);
    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
    const kept = fifo.read().length / LINE_BYTES;
    // a line that broke off counts as lost
    expect(Math.floor(kept) + lostLines()).toBe(MANY);
  });

  test('are written where the process exits without waiting', () => {
    const writer = writerOn(fifo.writeEnd);
    for (const number of upTo(10)) writer.write(line(number));
    writer.endNow();
    expect(numbers(fifo.read())).toEqual(upTo(10));
    for (const number of upTo(MANY)) writer.write(line(number));
    writer.endNow(); // does not wait for a reader
  });

  test('a write that does not come back is known, and forgotten when it does', async () => {
    const blocking = createFifo(join(folder, 'blocking'));
    const writer = writerOn(blocking.writeEnd);
    for (const number of upTo(MANY)) writer.write(line(number));
    await until(() => writer.isStuck());
    let read = 0;
    await until(() => {
      read += blocking.read().length;
      return !writer.isStuck() && read >= (MANY - lostLines()) * LINE_BYTES;
    });
    blocking.close();
  });
});

test('a file that is full loses lines, and what comes after a torn one stands on a line of its own', () => {
  const file = join(folder, 'log');
  const program = [process.execPath, '--import', 'tsx', 'test/main/log/full-file.ts', file];
  const { stdout } = spawnSync('prlimit', ['--fsize=5005:unlimited', ...program], { encoding: 'utf8' });
  const written = readFileSync(file, 'utf8').split('\n');
  expect(JSON.parse(stdout)).toEqual([['EFBIG', 500]]);
  expect(written.slice(-4)).toEqual(['000000499', '00000', 'after', '']);
});
