import { defineConfig } from 'vitest/config';
import { filesOf, runFromEnvironment, settingsOf } from './test/runs/runs.ts';
import { LongestFirst } from './test/support/longest-first.ts';
import { Progress } from './test/support/progress.ts';

const run = runFromEnvironment();

export default defineConfig({
  cacheDir: 'node_modules/.cache/tests',
  resolve: { alias: { '@jest/globals': 'vitest' } },
  test: {
    ...filesOf(run),
    // Each process loads the app once and then goes through file after file: what a file opens, it closes.
    pool: 'forks',
    isolate: false,
    maxWorkers: settingsOf(run).atOnce,
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/each-file.ts',
    reporters: [new Progress()],
    sequence: { sequencer: LongestFirst, hooks: 'list' },
    testTimeout: 240_000,
    hookTimeout: 240_000,
    teardownTimeout: 30_000,
    chaiConfig: { truncateThreshold: 0 },
  },
});
