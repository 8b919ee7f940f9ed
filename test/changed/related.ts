import { readFileSync } from 'node:fs';
import { basename, dirname, extname, join, sep } from 'node:path';
import { MUTANTS } from '../mutants/mutants.ts';
import { ciRuns, runOf } from '../runs/runs.ts';
import { type Importers, importersIn, programFiles } from './imports.ts';

/** A test file, and how near it is to what changed. */
export interface Related {
  test: string;
  nearness: number;
}

/**
 * Where the whole app, or the whole emulator, is put together. Every test of a page imports everything through them, so
 * imports tell nothing beyond; names and addresses do.
 */
const WHOLES = /^(src\/main\/|src\/emulator\/(emulator|index|app|routes)\.ts|test\/support\/world\.ts)/;
/** Tests that look at every page. */
const LOOKS = ['test/runs/browsers/landmarks.test.ts', 'test/web/pages.test.ts'];
/** Words of file names that say nothing about their subject. */
const EMPTY_WORDS = new Set([
  'index',
  'routes',
  'page',
  'test',
  'src',
  'web',
  'http',
  'main',
  'is',
  'of',
  'ts',
]);
/** An address in this many test files, or more, tells them apart no longer. */
const COMMON = 15;

const HELD_BY_MUTANT = 120;
const IMPORTED = 100;
const SAME_WORD = 40;
const SAME_ADDRESS = 30;
const SAME_PART = 5;

/** The test files that have to do with changed files, the nearest first. Paths are those from the root. */
export function relatedTests(root: string, changed: readonly string[]): Related[] {
  const project = readProject(root);
  const nearness = new Map<string, number>();
  for (const file of changed.flatMap((one) => [one, ...readersOf(project, one)]))
    for (const [reached, steps] of reachedFrom(project.importers, file))
      for (const test of project.tests) {
        const near = (test === reached ? IMPORTED : kinship(project, reached, test)) / Math.max(1, steps);
        nearness.set(test, Math.max(near, nearness.get(test) ?? 0));
      }
  return [...nearness]
    .flatMap(([test, near]) => (near > 0 ? [{ test, nearness: near }] : []))
    .sort((one, other) => other.nearness - one.nearness || one.test.localeCompare(other.test));
}

interface Project {
  files: string[];
  tests: string[];
  importers: Importers;
  textOf(file: string): string;
}

function readProject(root: string): Project {
  const files = programFiles(root, ['src', 'test', 'scripts', 'public']);
  const texts = new Map<string, string>();
  return {
    files,
    tests: files.filter((file) => file.endsWith('.test.ts') && ciRuns().includes(runOf(file))),
    importers: importersIn(root, files),
    textOf(file) {
      const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
      texts.set(file, text);
      return text;
    },
  };
}

/** Programs that read a file which is no program: they name it, or a page names its template. */
function readersOf({ files, textOf }: Project, file: string): string[] {
  if (files.includes(file) && !file.startsWith('public/')) return [];
  const name = basename(file);
  const stem = basename(file, extname(file));
  const isTemplate = file.endsWith('.ejs');
  return files.filter(
    (one) =>
      textOf(one).includes(name) ||
      (isTemplate && one.startsWith('src/web/') && textOf(one).includes(`'${stem}'`)),
  );
}

/** What a change reaches by imports, in how many steps; not through what puts the whole together. */
function reachedFrom(importers: Importers, changed: string): Map<string, number> {
  const steps = new Map([[changed, 0]]);
  for (const file of steps.keys()) {
    if (file !== changed && WHOLES.test(file)) continue;
    for (const importer of importers.get(file) ?? [])
      if (!steps.has(importer)) steps.set(importer, (steps.get(file) ?? 0) + 1);
  }
  return steps;
}

/** How much a test has to do with a file beyond imports: by a mutant, by their names, by addresses that both write. */
function kinship(project: Project, file: string, test: string): number {
  const byMutant = MUTANTS.some(
    (mutant) =>
      [mutant, ...(mutant.also ?? [])].some((edit) => edit.file === file) &&
      mutant.tests.some((name) => test === `test/${name}.test.ts`),
  );
  const words = wordsOf(file);
  const shared = [...wordsOf(test)].filter((word) => words.has(word)).length;
  const looks = /^(views|public)\//.test(file) && LOOKS.includes(test);
  return (
    (byMutant ? HELD_BY_MUTANT : 0) +
    (looks ? IMPORTED : 0) +
    shared * SAME_WORD +
    sharedAddresses(project, file, test) * SAME_ADDRESS +
    (partOf(file) === partOf(test) ? SAME_PART : 0)
  );
}

/** `src/web/people/list-routes.ts` is about people and lists. */
function wordsOf(file: string): Set<string> {
  const words = file.toLowerCase().split(/[^a-z]+/);
  return new Set(
    words.map((word) => word.replace(/s$/, '')).filter((word) => word.length > 2 && !EMPTY_WORDS.has(word)),
  );
}

const partOf = (file: string): string => file.split(sep)[1] ?? '';

/** Addresses of the app that a room answers at, and that few tests ask. */
function sharedAddresses(project: Project, file: string, test: string): number {
  if (!file.startsWith('src/')) return 0;
  const text = project.textOf(test);
  return addressesOf(project, dirname(file)).filter((address) => text.includes(address)).length;
}

const rareAddresses = new WeakMap<Project, Map<string, string[]>>();

function addressesOf(project: Project, folder: string): string[] {
  const known = rareAddresses.get(project) ?? new Map<string, string[]>();
  rareAddresses.set(project, known);
  const found = known.get(folder) ?? rareAddressesIn(project, folder);
  known.set(folder, found);
  return found;
}

function rareAddressesIn({ files, tests, textOf }: Project, folder: string): string[] {
  const sources = files.filter((file) => dirname(file) === folder).map(textOf);
  const written = sources.flatMap((text) => [...text.matchAll(/['"`](\/[a-zA-Z][\w./-]{3,})/g)]);
  const addresses = new Set(written.map(([, address = '']) => address.replace(/\/$/, '')));
  return [...addresses].filter((address) => {
    const count = tests.filter((test) => textOf(test).includes(address)).length;
    return count > 0 && count < COMMON;
  });
}
