import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What `npm test` runs: everything but the folders of the named runs. */
export const EVERYDAY = 'everyday';

/** The apps that promise the same of a sign-in: this project's demo, and somebody's with the library. */
const APPS = ['the demo', 'three lines'] as const;

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Beside its tests, a run may say in `run.json` what is special about it. */
const Settings = z.strictObject({
  /** Test files at a time. */
  atOnce: z.number().int().positive().default(3),
  /** Whether it has to pass before a change lands. */
  ci: z.boolean().default(true),
  /** Which app its tests are about. */
  app: z.enum(APPS).default('the demo'),
  /** Commands that it needs beyond those of every run, each with the Debian package that brings it. */
  commands: z.record(z.string(), z.string()).default({}),
});

export type RunSettings = z.output<typeof Settings>;

/** Each named run: a folder of test files below `test/runs/`, which is all it takes to make one. */
export const namedRuns = (): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** The folder of a named run. @throws Error for a name that no folder has */
export function folderOf(run: string): string {
  if (!namedRuns().includes(run)) throw new Error(`There is no run "${run}": ${namedRuns().join(', ')}.`);
  return join(folder, run);
}

/** What a run says about itself, with what goes without saying. */
export function settingsOf(run: string): RunSettings {
  const file = run === EVERYDAY ? '' : join(folderOf(run), 'run.json');
  return Settings.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
}

/** All runs that have to pass before a change lands. */
export const ciRuns = (): string[] => [EVERYDAY, ...namedRuns().filter((run) => settingsOf(run).ci)];

/** The run that a test file belongs to. */
export function runOf(testFile: string): string {
  return /^test\/runs\/([^/]+)\//.exec(testFile)?.[1] ?? EVERYDAY;
}

/** Which app the tests of this process are about. */
export const appUnderTest = (): RunSettings['app'] => settingsOf(runFromEnvironment()).app;

/** Much of what everyday tests do is waiting, for a clock or another process. */
const EVERYDAY_AT_ONCE = 5;

/** How many test files of a run run at a time, on two cores. */
export const atOnceOf = (run: string): number =>
  run === EVERYDAY ? EVERYDAY_AT_ONCE : settingsOf(run).atOnce;

/** The flags with which Jest finds the files of a named run; package.json has those of the everyday one. */
export function filesOf(run: string): string[] {
  if (run === EVERYDAY) return [];
  const config = {
    testMatch: `<rootDir>/test/runs/${run}/**/*.test.ts`,
    testPathIgnorePatterns: '/node_modules/',
  };
  // The last one takes a single value, so that Jest counts nothing that follows among the patterns.
  return [...Object.entries(config).flatMap(([name, value]) => [`--${name}`, value]), '--no-watchman'];
}

/** The run that this process is about. */
export const runFromEnvironment = (): string => process.env.TEST_RUN ?? EVERYDAY;
