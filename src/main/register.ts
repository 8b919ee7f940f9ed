import { runRegister } from '../register/index.ts';
import { consoleOf, exitWritten } from './console.ts';
import { onStopSignal } from './stop-signals.ts';

/** Another signal does not wait for it. */
const CHANGE_MS = 5_000;

exitWritten(
  await runRegister(process.argv.slice(2), {
    ...consoleOf(process),
    envFile: '.env',
    now: Date.now,
    onInterrupt: ({ inOrder, end }) =>
      onStopSignal({ inOrder, deadlineMs: CHANGE_MS, exit: () => process.exit(end()) }),
  }),
);
