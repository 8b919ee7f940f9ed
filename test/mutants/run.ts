import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOf } from '../runs/runs.ts';
import type { Edit, Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';

// Plants each defect in a copy of the tree and shows that the tests notice. Arguments: words of the defects to plant.

const root = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = ['src', 'scripts', 'test', 'views', 'public', 'package.json', 'tsconfig.json'];
const AT_ONCE = 2;
const MOST_MS = 480_000;

type Verdict = 'caught' | 'survived' | 'not planted';

const words = process.argv.slice(2);
const wanted = MUTANTS.filter(({ defect }) => words.every((word) => defect.includes(word)));
const verdicts = new Map<Mutant, Verdict>();

let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < wanted.length) {
      const mutant = wanted[next++] as Mutant;
      const verdict = await judge(mutant);
      verdicts.set(mutant, verdict);
      process.stdout.write(`${verdict}: ${mutant.defect}\n`);
    }
  }),
);

const caught = [...verdicts.values()].filter((verdict) => verdict === 'caught').length;
process.stdout.write(`mutants: ${caught} of ${wanted.length} caught\n`);
process.exitCode = caught === wanted.length ? 0 : 1;

async function judge(mutant: Mutant): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    const filter = (from: string) => basename(from) !== 'node_modules'; // a run's own packages
    for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true, filter });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const edit of [mutant, ...(mutant.also ?? [])]) {
      if (!plant(folder, edit)) return 'not planted';
    }
    if (mutant.built) build(folder);
    return (await testsPass(folder, mutant)) ? 'survived' : 'caught';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns false where the text is not there exactly once: the sources have changed, and the mutant has to follow */
function plant(folder: string, { file, text, instead }: Edit): boolean {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(text);
  if (parts.length !== 2) {
    process.stdout.write(`${file} holds ${parts.length - 1} times: ${text}\n`);
    return false;
  }
  writeFileSync(path, parts.join(instead));
  return true;
}

/** @throws where the defect is no program any more */
function build(folder: string): void {
  const { status } = spawnSync(process.execPath, ['scripts/start.mjs'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('a defect could not be built');
}

/** Runs tests in this process's way, without the build and the system packages that these tests do not need. */
function testsPass(folder: string, { tests, only }: Mutant): Promise<boolean> {
  const { jest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    jest: Record<string, unknown>;
  };
  const { globalSetup: _setup, reporters: _reporters, ...config } = jest;
  const child = spawn(
    process.execPath,
    [
      ...[
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        'node_modules/jest/bin/jest.js',
      ],
      ...[
        '--config',
        JSON.stringify({ ...config, rootDir: folder, testPathIgnorePatterns: ['/node_modules/'] }),
        '--bail',
        '--forceExit',
        '--silent',
        '--runInBand',
      ],
      ...(only === undefined ? [] : ['--testNamePattern', only]),
      ...tests.map((name) => `test/${name}`),
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MOST_MS,
      env: { ...process.env, TEST_RUN: runOf(`test/${tests[0]}`) },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (!/^Tests: .*(passed|failed)/m.test(output))
        reject(new Error(`no tests ran for ${tests.join()} ${only}\n${output}`));
      resolve(status === 0);
    });
  });
}
