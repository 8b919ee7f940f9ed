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
/** What is made, fetched or somebody's own. */
const NOT_COPIED = ['node_modules', 'dist', '.git', '.data', '.env'];
const AT_ONCE = 2;
const MOST_MS = 480_000;

type Verdict = 'caught' | 'survived' | 'not planted' | 'no test ran' | 'fails undamaged';
type Result = 'passed' | 'failed' | 'no test ran';

const words = process.argv.slice(2);
const wanted = MUTANTS.filter(({ defect }) => words.every((word) => defect.includes(word)));
const verdicts = new Map<Mutant, Verdict>();
const undamaged = new Map<string, Promise<boolean>>();
let undamagedFolder: string | undefined;

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
if (undamagedFolder !== undefined) rmSync(undamagedFolder, { recursive: true, force: true });

async function judge(mutant: Mutant): Promise<Verdict> {
  const folder = copyOfTree();
  try {
    for (const edit of [mutant, ...(mutant.also ?? [])]) {
      if (!plant(folder, edit)) return 'not planted';
    }
    if (mutant.built) build(folder);
    const result = await resultOf(folder, mutant);
    if (result !== 'failed') return result === 'passed' ? 'survived' : 'no test ran';
    return (await passUndamaged(mutant.tests)) ? 'caught' : 'fails undamaged';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function undamagedTree(): string {
  if (undamagedFolder === undefined) {
    undamagedFolder = copyOfTree();
    build(undamagedFolder);
  }
  return undamagedFolder;
}

/** Whether these tests pass where nothing is planted: asked once, for a test that always falls catches nothing. */
function passUndamaged(tests: readonly string[]): Promise<boolean> {
  const found = undamaged.get(tests.join()) ?? resultOf(undamagedTree(), { tests }).then(isPassed);
  undamaged.set(tests.join(), found);
  return found;
}

function isPassed(result: Result): boolean {
  return result === 'passed';
}

function copyOfTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutant-'));
  cpSync(root, folder, { recursive: true, filter: (from) => !NOT_COPIED.includes(basename(from)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
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
function resultOf(folder: string, { tests, only }: Pick<Mutant, 'tests' | 'only'>): Promise<Result> {
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
      if (!/^Tests: .*(passed|failed)/m.test(output)) resolve('no test ran');
      else resolve(status === 0 ? 'passed' : 'failed');
    });
  });
}
