import { writeSync } from 'node:fs';
import { descriptorOf, STANDARD_OUTPUT } from '../../../src/main/streams/index.ts';

// Writes to standard output until it takes no more, and says why on standard error.

const descriptor = descriptorOf(STANDARD_OUTPUT);
try {
  for (let times = 0; times < 10_000; times += 1) writeSync(descriptor, 'x'.repeat(1_000));
  process.stderr.write('it took everything\n');
} catch (error) {
  process.stderr.write(`${(error as NodeJS.ErrnoException).code}\n`);
}
process.exit(0);
