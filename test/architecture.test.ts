import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Declaration, type Module, parseSync } from '@swc/core';

/**
 * The floors of docs/architecture.md, from the ground up, and the folders of src/ that each may import. The files right
 * below src/ and the folder of the network are the ground, which every floor stands on.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  network: [],
  failures: [],
  config: [],
  identity: ['config (types)'],
  graph: ['config (types)'],
  sessions: ['config (types)'],
  http: [],
  'sign-in': ['failures', 'config', 'identity', 'graph', 'sessions', 'http'],
  library: ['graph', 'sessions', 'sign-in', 'emulator'],
  web: ['failures', 'config (types)', 'graph', 'http', 'library'],
  daemon: ['failures', 'config', 'identity', 'graph'],
  doctor: ['failures', 'config', 'identity', 'graph'],
  register: ['failures', 'config', 'identity', 'graph'],
  emulator: [],
  main: [
    'config',
    'identity',
    'graph',
    'sessions',
    'http',
    'sign-in',
    'web',
    'daemon',
    'doctor',
    'register',
    'emulator',
  ],
};

/** The emulator keeps protocol facts of its own, for it must be able to disagree with us: of the ground it takes these. */
const GROUND_OF_EMULATOR = ['command-line', 'errors', 'deadline', 'exit-status', 'loopback', 'make-folder'];

/** A package that one part of src/ owns alone. */
const OWNER: Record<string, readonly string[]> = {
  '@azure/msal-node': ['identity'],
  jose: ['identity', 'emulator'],
  'express-session': ['sessions'],
  '@photostructure/sqlite': ['sessions'],
  redis: ['sessions'],
  express: ['http', 'sign-in', 'web'],
  helmet: ['http'],
  ejs: ['web', 'emulator'],
  i18next: ['web'],
  axios: ['network'],
  papaparse: ['csv'],
  dotenv: ['config'],
  commander: ['command-line'],
  'string-width': ['daemon'],
};

/** A folder with more files has not found its rooms. */
const MOST_FILES = 24;

const root = resolve('src');
const tests = resolve('test');

interface Import {
  /** From the root of src/. */
  file: string;
  specifier: string;
  /** The imported file, from the root of src/, where it is one of ours. */
  target: string | undefined;
  kind: 'value' | 'type' | 'dynamic';
  /** What is taken of it: names, or `*` for all. */
  names: readonly string[];
}

/** The folder or file right below src/ that a file belongs to. */
const partOf = (file: string): string => file.split(sep)[0]?.replace(/\.ts$/, '') ?? '';

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.split(sep).includes('node_modules'))
    .map((name) => relative(root, join(folder, name)));
}

type Item = Module['body'][number];
type Specifier = Pick<Import, 'specifier' | 'kind' | 'names'>;

function parse(file: string): { source: string; items: Item[] } {
  const source = readFileSync(join(root, file), 'utf8');
  return { source, items: parseSync(source, { syntax: 'typescript', target: 'es2022' }).body };
}

function importsOf(file: string): Import[] {
  const { source, items } = parse(file);
  const dynamic = [...source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(
    ([, specifier = '']): Specifier => ({ specifier, kind: 'dynamic', names: ['*'] }),
  );
  return [...items.flatMap(specifierOf), ...dynamic].map((found) => ({
    ...found,
    file,
    target: found.specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(file), found.specifier))
      : undefined,
  }));
}

function specifierOf(item: Item): Specifier[] {
  if (item.type === 'ExportAllDeclaration')
    return [{ specifier: item.source.value, kind: 'value', names: ['*'] }];
  const isImport = item.type === 'ImportDeclaration' || item.type === 'ExportNamedDeclaration';
  if (!isImport || !item.source) return [];
  const names = item.specifiers.map((one) => {
    if (one.type === 'ExportSpecifier') return one.orig.value;
    return one.type === 'ImportSpecifier' ? (one.imported ?? one.local).value : '*';
  });
  return [{ specifier: item.source.value, kind: item.typeOnly ? 'type' : 'value', names }];
}

/** The names that a file exports. */
function exportsOf(file: string): string[] {
  return parse(file).items.flatMap((item) => {
    if (item.type === 'ExportNamedDeclaration')
      return item.specifiers.map((one) =>
        one.type === 'ExportSpecifier' ? (one.exported ?? one.orig).value : '*',
      );
    return item.type === 'ExportDeclaration' ? namesOf(item.declaration) : [];
  });
}

function namesOf(declaration: Declaration): string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.value] : []));
  return 'identifier' in declaration ? [declaration.identifier.value] : [declaration.id.value];
}

function pointsDown({ file, target, kind }: Import): boolean {
  if (target === undefined) return true;
  const [from, to] = [partOf(file), partOf(target)];
  const isGround = !target.includes(sep) || (to === 'network' && file.includes(sep));
  if (from === 'emulator' && isGround) return GROUND_OF_EMULATOR.includes(to);
  const allowed = MAY_IMPORT[from] ?? [];
  return (
    isGround || from === to || allowed.includes(to) || (kind === 'type' && allowed.includes(`${to} (types)`))
  );
}

/** The outermost folder that an import enters; undefined where it stays inside or goes up. */
function entered(file: string, target: string): string | undefined {
  const [from, to] = [dirname(file).split(sep), dirname(target).split(sep)];
  const depth = to.findIndex((name, index) => name !== from[index]);
  return depth === -1 || dirname(target) === '.' ? undefined : to.slice(0, depth + 1).join(sep);
}

/** What is loaded only under a condition may be a room inside: its face must not load it always. */
function usesTheDoor({ file, target, kind }: Import): boolean {
  const folder = target === undefined ? undefined : entered(file, target);
  if (folder === undefined || target === undefined) return true;
  // Each file of library/ is a face of the package, and so a door.
  if (folder === 'library') return true;
  return kind === 'dynamic' ? basename(target) === 'index.ts' : target === join(folder, 'index.ts');
}

/** The files from which a walk along the imports comes back to where it was, each such walk once. */
function circles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { file, target } of imports)
    if (target !== undefined) next.set(file, [...(next.get(file) ?? []), target]);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start !== -1) found.push([...way.slice(start), file].join(' > '));
    if (start !== -1 || done.has(file)) return;
    for (const target of next.get(file) ?? []) walk(target, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}

/** Each folder, and what it imports of the folders beside it: one folder stands above the other, never both. */
function roomImports(imports: readonly Import[]): Import[] {
  return imports.flatMap((found) => {
    const { file, target } = found;
    if (target === undefined) return [];
    const [from, to] = [file.split(sep), target.split(sep)];
    const depth = to.findIndex((name, index) => name !== from[index]);
    const [one, other] = [from.slice(0, depth + 1), to.slice(0, depth + 1)];
    const isFolders = depth !== -1 && depth < from.length - 1 && depth < to.length - 1;
    return isFolders ? [{ ...found, file: one.join(sep), target: other.join(sep) }] : [];
  });
}

describe('architecture', () => {
  const files = filesOf(root);
  const imports = files.flatMap(importsOf);

  test('every folder of src/ stands in the table', () => {
    const folders = files.filter((file) => file.includes(sep)).map(partOf);
    expect([...new Set(folders)].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  test('docs/architecture.md shows every folder', () => {
    const [, tree = ''] =
      /## The tree\s+```([\s\S]*?)\n```/.exec(readFileSync('docs/architecture.md', 'utf8')) ?? [];
    const names = new Set(
      files.filter((file) => file.includes(sep)).flatMap((file) => dirname(file).split(sep)),
    );
    const missing = [...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(tree));
    expect(missing.map((name) => `${name}/ belongs into the tree below "The tree"`)).toEqual([]);
  });

  test('imports point only down the table', () => {
    expect(imports.filter((found) => !pointsDown(found))).toEqual([]);
  });

  test('a folder is entered by its index.ts only', () => {
    const past = imports.filter((found) => !usesTheDoor(found));
    expect(
      past.map(
        ({ file, target = '' }) => `${file} imports ${target}: import ${entered(file, target)}/index.ts`,
      ),
    ).toEqual([]);
  });

  test('there is no circle of files, types included', () => {
    expect(circles(imports)).toEqual([]);
  });

  test('there is no circle of folders, types included', () => {
    expect(circles(roomImports(imports))).toEqual([]);
  });

  test('what is exported is imported somewhere, and what a door shows by another folder', () => {
    const takenIn = (found: readonly Import[]) =>
      new Set(found.flatMap(({ target, names }) => names.map((name) => `${target} ${name}`)));
    const [taken, takenInTests] = [takenIn(imports), takenIn(filesOf(tests).flatMap(importsOf))];
    const isTaken = (file: string, name: string) =>
      taken.has(`${file} ${name}`) || (basename(file) !== 'index.ts' && takenInTests.has(`${file} ${name}`));
    const unused = files
      .filter((file) => partOf(file) !== 'library' && !isTaken(file, '*'))
      .flatMap((file) => exportsOf(file).map((name) => [file, name] as const))
      .filter(([file, name]) => !isTaken(file, name))
      .map((found) => found.join(' '));
    expect(unused).toEqual([]);
  });

  test(`no folder has more than ${MOST_FILES} files`, () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  });

  test('each outside package has one owner', () => {
    const wrong = imports.filter(({ file, specifier, kind }) => {
      const owners = OWNER[specifier];
      return kind !== 'type' && owners !== undefined && !owners.includes(partOf(file));
    });
    expect(wrong).toEqual([]);
  });

  test('what is loaded later is a file of ours: a CommonJS package loses its names in a bundle', () => {
    const wrong = files.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/\bimport\((?!\s*['"]\.{1,2}\/)[^)]*\)/g)].map(
        ([found]) => [file, found],
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('only main, the library for its settings, and connections for their proxy read the environment; only main the arguments, and ends the process', () => {
    const readers = [join('sign-in', 'options', 'environment.ts'), 'proxies.ts'];
    const wrong = files
      .filter((file) => partOf(file) !== 'main' && !readers.includes(file))
      .filter((file) =>
        /process\.(env|argv|exit\b|exitCode|on\()/.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(wrong).toEqual([]);
  });

  test('no file is named after a drawer', () => {
    const drawers = /^(utils?|helpers?|common|misc|services?|controllers?|lib)$/;
    const wrong = files.filter((file) =>
      file.split(sep).some((name) => drawers.test(name.replace(/\.ts$/, ''))),
    );
    expect(wrong).toEqual([]);
  });

  test('each threat is tried on the three lines too, but for those of pages and settings of the demo’s', () => {
    const own = [
      'configuration',
      'foreign-parts',
      'graph',
      'headers',
      'markup',
      'people',
      'preferences',
      'settings',
    ];
    const tests = (folder: string) =>
      readdirSync(resolve(folder)).flatMap((name) => /^(.*)\.test\.ts$/.exec(name)?.[1] ?? []);
    expect([...tests('test/runs/library'), ...own].sort()).toEqual(tests('test/threats').sort());
  });
});
