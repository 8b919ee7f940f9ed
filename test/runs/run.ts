import { type Totals, totalsOf } from '../support/totals.ts';
import { installPackages } from './packages.ts';
import { ciRuns, EVERYDAY } from './runs.ts';

// `npm test`, `npm run test:NAME` and `npm run test:all`. Usage: run.ts [--run NAME|all] [words of test files] [options of Vitest]

const EVERY_RUN = 'all';
const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0 };
const NEVER_BEGUN: Totals = { ...NOTHING, failed: 1 };
/** So that a pipe keeps a story with the line of its file. */
const ONE_STREAM = { stderr: process.stdout };

if (!process.stdout.isTTY && process.env.FORCE_COLOR === undefined) process.env.NO_COLOR = '1';
const { names, vitestArguments } = readArguments(process.argv.slice(2));
const totals: Totals[] = [];
for (const name of names) totals.push(await run(name).catch(neverBegun));
const { passed, failed, skipped } = totals.reduce(add, NOTHING);
process.stdout.write(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed > 0 || process.exitCode ? 1 : 0);

function readArguments([flag, name, ...rest]: readonly string[]) {
  if (flag !== '--run' || name === undefined)
    return { names: [EVERYDAY], vitestArguments: process.argv.slice(2) };
  return { names: name === EVERY_RUN ? ciRuns() : [name], vitestArguments: rest };
}

async function run(name: string): Promise<Totals> {
  process.stdout.write(`${name}: getting ready.\n`);
  process.env.TEST_RUN = name;
  installPackages(name);
  // Later than the first line, and than the word about colours.
  const { parseCLI, startVitest } = await import('vitest/node');
  const { filter, options } = parseCLI(['vitest', ...vitestArguments]);
  const vitest = await startVitest('test', filter, { watch: false, ...options }, {}, ONE_STREAM);
  return totalsOf(vitest);
}

function neverBegun(error: unknown): Totals {
  process.stdout.write(`${error instanceof Error ? error.message : error}\nDid \`npm ci\` finish?\n`);
  return NEVER_BEGUN;
}

function add(one: Totals, other: Totals): Totals {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}
