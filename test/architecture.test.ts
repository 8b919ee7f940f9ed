import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Module, parseSync } from '@swc/core';

/** The import table of docs/architecture.md: a folder of src/ and the parts of src/ that it may import. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  errors: [],
  config: ['errors'],
  'http-client': [],
  csv: [],
  'claims-request': [],
  identity: ['errors', 'config (types)', 'http-client', 'claims-request'],
  graph: ['errors', 'config (types)', 'http-client', 'claims-request'],
  sessions: ['errors', 'config (types)'],
  http: ['errors'],
  'sign-in': ['errors', 'config (types)', 'identity', 'graph', 'sessions', 'http'],
  web: ['errors', 'config (types)', 'csv', 'identity', 'graph', 'sessions', 'http', 'sign-in'],
  daemon: ['errors', 'csv', 'identity', 'graph'],
  emulator: [],
  main: ['errors', 'config', 'identity', 'graph', 'sessions', 'http', 'sign-in', 'web', 'daemon', 'emulator'],
};

/** A package that one part of src/ owns alone. */
const OWNER: Record<string, readonly string[]> = {
  '@azure/msal-node': ['identity'],
  jose: ['identity', 'emulator'],
  'express-session': ['sessions'],
  lmdb: ['sessions'],
  redis: ['sessions'],
  express: ['http', 'sign-in', 'web', 'emulator'],
  helmet: ['http'],
  ejs: ['web', 'emulator'],
  i18next: ['web'],
  axios: ['http-client'],
  papaparse: ['csv'],
  dotenv: ['main'],
  commander: ['daemon', 'main'],
};

const root = resolve('src');

interface Import {
  file: string;
  from: string;
  specifier: string;
  typeOnly: boolean;
}

const partOf = (file: string): string => relative(root, file).split(sep)[0]?.replace(/\.ts$/, '') ?? '';

function sourceFiles(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, name));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const module: Module = parseSync(source, { syntax: 'typescript', target: 'es2022' });
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) =>
    found.push({ file: relative('.', file), from: partOf(file), specifier, typeOnly });
  for (const item of module.body) {
    if (item.type === 'ImportDeclaration') add(item.source.value, item.typeOnly);
    if (item.type === 'ExportAllDeclaration') add(item.source.value, false);
    if (item.type === 'ExportNamedDeclaration' && item.source) add(item.source.value, item.typeOnly);
  }
  for (const [, specifier] of source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g))
    add(specifier ?? '', false);
  return found;
}

function isAllowedInside(found: Import): boolean {
  const target = partOf(resolve(dirname(resolve(found.file)), found.specifier));
  if (target === found.from) return true;
  const allowed = MAY_IMPORT[found.from] ?? [];
  return allowed.includes(target) || (found.typeOnly && allowed.includes(`${target} (types)`));
}

describe('architecture', () => {
  const imports = sourceFiles().flatMap(importsOf);

  test('every part of src/ stands in the import table', () => {
    const parts = new Set(sourceFiles().map(partOf));
    expect([...parts].filter((part) => !(part in MAY_IMPORT))).toEqual([]);
  });

  test('imports point only down the table', () => {
    const wrong = imports.filter((found) => found.specifier.startsWith('.') && !isAllowedInside(found));
    expect(wrong).toEqual([]);
  });

  test('each outside package has one owner', () => {
    const wrong = imports.filter((found) => {
      const owners = OWNER[found.specifier];
      return !found.typeOnly && owners !== undefined && !owners.includes(found.from);
    });
    expect(wrong).toEqual([]);
  });

  test('what is loaded later is a file of ours: a CommonJS package loses its names in a bundle', () => {
    const wrong = sourceFiles().flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bimport\((?!\s*['"]\.{1,2}\/)[^)]*\)/g)].map(([found]) => [
        relative('.', file),
        found,
      ]),
    );
    expect(wrong).toEqual([]);
  });

  test('only main reads the environment, the arguments and ends the process', () => {
    const wrong = sourceFiles()
      .filter((file) => partOf(file) !== 'main')
      .filter((file) => /process\.(env|argv|exit\b|exitCode|on\()/.test(readFileSync(file, 'utf8')));
    expect(wrong).toEqual([]);
  });

  test('no file is named after a drawer', () => {
    const drawers = /^(utils?|helpers?|common|misc|services?|controllers?|lib)$/;
    const wrong = sourceFiles().filter((file) =>
      relative(root, file)
        .split(sep)
        .some((name) => drawers.test(name.replace(/\.ts$/, ''))),
    );
    expect(wrong).toEqual([]);
  });
});
