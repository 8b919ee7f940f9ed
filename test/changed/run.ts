import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { runOf } from '../runs/runs.ts';
import { changedFiles } from './changed-files.ts';
import { knownDurations } from './durations.ts';
import { type Related, relatedTests } from './related.ts';

// `npm run test:changed [-- FILES]`: the tests that have to do with what changed since the main branch, or with files.

/** Of all tests together, several run at a time. */
const MOST_SECONDS = 100;
/** Of a file that never ran here. */
const UNKNOWN_SECONDS = 5;
const FAR = 30;

const { values, positionals } = parseArgs({
  options: { since: { type: 'string' }, list: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const changed = positionals.length > 0 ? positionals : changedFiles(values.since);
const related = relatedTests('.', changed);
const chosen = chosenOf(related);
say(
  `${changed.length} files changed, with which ${related.length} test files have to do. The ${chosen.length} nearest:`,
);
for (const { test } of chosen) say(`  ${test}`);
say('`npm run test:all` has the others.');
if (!values.list) for (const [run, files] of byRun(chosen)) start(run, files);

/** The nearest that fit into the time, and of the far ones none. */
function chosenOf(all: readonly Related[]): Related[] {
  const durations = knownDurations();
  let seconds = 0;
  return all.filter(({ test, nearness }) => {
    const more = durations.get(test) ?? UNKNOWN_SECONDS;
    const fits = nearness >= FAR && seconds + more <= MOST_SECONDS;
    seconds += fits ? more : 0;
    return fits;
  });
}

function byRun(related: readonly Related[]): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const { test } of related) files.set(runOf(test), [...(files.get(runOf(test)) ?? []), test]);
  return files;
}

function start(run: string, files: readonly string[]): void {
  const launcher = ['--import', 'tsx', 'test/runs/run.ts', '--run', run, ...files];
  const { status } = spawnSync(process.execPath, launcher, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
