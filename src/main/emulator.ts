#!/usr/bin/env node
import { runCommand } from '../emulator/index.ts';
import { onStopSignal } from './stop-signals.ts';
import { createSayer, STANDARD_ERROR, STANDARD_OUTPUT } from './streams/index.ts';

/** Whatever is under way, it has ended so long after it was told to. */
const DEADLINE_MS = 3_000;

const outcome = await runCommand({
  args: process.argv.slice(2),
  environment: process.env,
  say: createSayer(STANDARD_OUTPUT),
  complain: createSayer(STANDARD_ERROR),
});

if ('emulator' in outcome) {
  const { close } = outcome.emulator;
  onStopSignal({ inOrder: close, deadlineMs: DEADLINE_MS, exit: process.exit });
} else process.exitCode = outcome.exitStatus;
