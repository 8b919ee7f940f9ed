import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { installPackages } from './packages.ts';
import { atOnceOf, ciRuns, EVERYDAY, filesOf } from './runs.ts';

// `npm test`, `npm run test:NAME` and `npm run test:all`. Usage: run.ts [--run NAME|all] [test files] [options of Jest]

/** How many tests ended how. */
interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

const EVERY_RUN = 'all';
const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0 };
/** A run that ended without saying how: its story stands above. */
const BROKEN: Totals = { ...NOTHING, failed: 1 };
const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

const { names, jestArguments } = readArguments(process.argv.slice(2));
const totals: Totals[] = [];
for (const name of names) totals.push(await run(name).catch(broken));
const { passed, failed, skipped } = totals.reduce(add, NOTHING);
process.stdout.write(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 ? 1 : 0;

function readArguments([flag, name, ...rest]: readonly string[]) {
  if (flag !== '--run' || name === undefined)
    return { names: [EVERYDAY], jestArguments: process.argv.slice(2) };
  return { names: name === EVERY_RUN ? ciRuns() : [name], jestArguments: rest };
}

async function run(name: string): Promise<Totals> {
  process.stdout.write(`${name}: getting ready.\n`);
  installPackages(name);
  const isCounted = jestArguments.some((one) => /^(-i|--runInBand|-w|--maxWorkers)/.test(one));
  const atOnce = isCounted ? [] : ['--maxWorkers', `${atOnceOf(name)}`];
  const flags = [...filesOf(name), ...atOnce];
  const child = spawn(process.execPath, [...JEST, ...flags, ...jestArguments], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, TEST_RUN: name },
  });
  let result = BROKEN;
  child.on('message', (said) => {
    result = said as Totals;
  });
  const end = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', end).on('SIGTERM', end);
  const [status] = await once(child, 'close');
  return status === 0 || result.failed > 0 ? result : add(result, BROKEN);
}

function broken(error: unknown): Totals {
  process.stdout.write(`${error instanceof Error ? error.message : error}\nDid \`npm ci\` finish?\n`);
  return BROKEN;
}

function add(one: Totals, other: Totals): Totals {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}
