import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { createLineWriter } from '../../../src/main/log/line-writer.ts';

// Writes lines to a file that may not grow beyond a limit, has the limit lifted, writes another line, and prints what
// was lost. Run under `prlimit --fsize`.

const [file = ''] = process.argv.slice(2);
const LINES = 1_000;

const lost: [string, number][] = [];
const writer = createLineWriter({
  descriptor: openSync(file, 'a'),
  maxWaitingBytes: 100_000,
  onLost: (lines, code) => lost.push([code, lines]),
  onWritten: () => undefined,
});
for (let number = 0; number < LINES; number += 1) writer.write(`${String(number).padStart(9, '0')}\n`);
await writer.end(5_000);
spawnSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']);
writer.write('after\n');
await writer.end(5_000);
process.stdout.write(JSON.stringify(lost));
