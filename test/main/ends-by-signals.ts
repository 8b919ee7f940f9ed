import { onStopSignal } from '../../src/main/stop-signals.ts';

// A program that ends when it is told to, after as many milliseconds as it is given; and in any case after a second.
// With a second argument, the signal comes once more, as from npm: a moment after the terminal's.

const [endsAfterMs = '0', comesTwice] = process.argv.slice(2);
setInterval(() => undefined, 1_000);
onStopSignal({
  inOrder() {
    if (comesTwice !== undefined) setTimeout(() => process.kill(process.pid, 'SIGINT'), 5);
    return new Promise((resolve) => setTimeout(resolve, Number(endsAfterMs)));
  },
  deadlineMs: 1_000,
  exit: process.exit,
});
process.stderr.write('ready\n');
