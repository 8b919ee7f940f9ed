#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { runDaemon } from '../daemon/index.ts';
import { createSealer } from '../sessions/index.ts';
import { consoleOf } from './console.ts';
import { startEmulatorRun } from './daemon-emulator.ts';
import { packageVersion } from './version.ts';

// A list of any length passes through a few megabytes; without this the heap first grows and is cleared late.
setFlagsFromString('--optimize-for-size');

process.exitCode = await runDaemon(process.argv.slice(2), {
  ...consoleOf(process),
  version: packageVersion(),
  // It can only be read by setting it: until it is finished, a file is its owner's alone.
  umask: process.umask(0o077),
  startEmulator: startEmulatorRun,
  createSealer,
});
