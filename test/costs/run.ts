import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COSTS_FILE, type Cost, type Sum, sumsOf } from './costs.ts';

// `npm run test:costs [-- words of test files]`: runs tests and prints which are the dearest, and where the time goes.

const DEAREST = 50;

const folder = mkdtempSync(join(tmpdir(), 'costs-'));
const file = join(folder, 'costs');
writeFileSync(file, '');
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    'test/runs/run.ts',
    ...process.argv.slice(2),
    '--testEnvironment',
    './test/costs/environment.mjs',
  ],
  { stdio: 'inherit', env: { ...process.env, [COSTS_FILE]: file } },
);
const costs = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Cost);
rmSync(folder, { recursive: true });

print('The dearest tests', sumsOf(costs, ({ file, test }) => `${file} > ${test}`).slice(0, DEAREST));
print('The dearest files', sumsOf(costs, (cost) => cost.file).slice(0, DEAREST));
print(
  'All',
  sumsOf(costs, () => 'all'),
);
process.exitCode = status ?? 1;

function print(title: string, sums: readonly Sum[]): void {
  process.stdout.write(`\n${title}\n${'CPU s'.padStart(8)} ${'waits s'.padStart(8)}\n`);
  for (const { name, cpuMs, waitMs } of sums)
    process.stdout.write(`${seconds(cpuMs)} ${seconds(waitMs)}  ${name.slice(0, 160)}\n`);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1).padStart(8);
}
