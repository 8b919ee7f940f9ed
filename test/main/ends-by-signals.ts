import { onStopSignal } from '../../src/main/stop-signals.ts';

// A program that ends when it is told to, after as many milliseconds as it is given; and in any case after a second.

const [endsAfterMs = '0'] = process.argv.slice(2);
setInterval(() => undefined, 1_000);
onStopSignal({
  inOrder: () => new Promise((resolve) => setTimeout(resolve, Number(endsAfterMs))),
  deadlineMs: 1_000,
  exit: process.exit,
});
process.stderr.write('ready\n');
