#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { runDaemon } from '../daemon/index.ts';
import { createSealer } from '../sessions/index.ts';
import { startEmulatorRun } from './daemon-emulator.ts';
import { doNotWaitForTerminal } from './streams/index.ts';
import { packageVersion } from './version.ts';

// A list of any length passes through a few megabytes; without this the heap first grows and is cleared late.
setFlagsFromString('--optimize-for-size');

const { argv, env, stdout, stderr } = process;

// A write that fails says so itself; what has no reader any more needs no stack.
for (const stream of [stdout, stderr]) {
  stream.on('error', () => undefined);
  doNotWaitForTerminal(stream);
}

process.exitCode = await runDaemon(argv.slice(2), {
  environment: env,
  stdout,
  stderr,
  version: packageVersion(),
  // It can only be read by setting it: until it is finished, a file is its owner's alone.
  umask: process.umask(0o077),
  startEmulator: startEmulatorRun,
  createSealer,
  onInterrupt(end) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => process.exit(end()));
  },
});
