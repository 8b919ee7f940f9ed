import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
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
say('`npm test` has the others.');
process.exitCode = chosen.length === 0 || values.list ? 0 : run(chosen.map(({ test }) => test));

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

function run(files: readonly string[]): number {
  const launcher = ['--import', 'tsx', 'test/runs/run.ts', ...files];
  return spawnSync(process.execPath, launcher, { stdio: 'inherit' }).status ?? 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
