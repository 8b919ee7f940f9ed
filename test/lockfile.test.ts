import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { folderOf, namedRuns } from './runs/runs.ts';
import { type LockedPackage, type Lockfile, lockfileProblems } from './support/lockfile.ts';

const integrity = `sha512-${'A'.repeat(86)}==`;

const ofRuns = namedRuns().map((run) => join(folderOf(run), 'package-lock.json'));

test.each(['package-lock.json', ...ofRuns.filter(existsSync)])(
  '%s has the digest of every package, for every platform, and no address of one',
  (file) => {
    const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
    expect(Object.keys(lockfile.packages).length).toBeGreaterThan(1);
    expect(lockfileProblems(lockfile)).toEqual([]);
  },
);

test('the README says why each dependency is there', () => {
  const readme = readFileSync('README.md', 'utf8');
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  const ours = names.filter((name) => !name.startsWith('@types/'));
  expect(ours.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

describe('a lockfile', () => {
  test.each<[string, LockedPackage & Record<string, unknown>, string[]]>([
    ['with a digest', { integrity }, []],
    [
      'for another platform, without one',
      { optional: true, os: ['win32'] },
      ['node_modules/x has no integrity'],
    ],
    ['with an empty one', { integrity: '' }, ['node_modules/x has no integrity']],
    [
      'with a weak one',
      { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
      ['node_modules/x has no integrity'],
    ],
    ['with half of one', { integrity: 'sha512-AAAA' }, ['node_modules/x has no integrity']],
    [
      'with an address',
      { integrity, resolved: 'https://registry.example/x.tgz' },
      ['node_modules/x is tied to an address'],
    ],
    [
      'from a repository',
      { resolved: 'git+ssh://git@host.example/x.git#0123' },
      ['node_modules/x has no integrity', 'node_modules/x is tied to an address'],
    ],
    ['inside another one', { inBundle: true }, []],
    ['that is a folder of this project', { link: true, resolved: 'packages/x' }, []],
  ])('a package %s', (_what, locked, problems) => {
    expect(lockfileProblems({ packages: { '': {}, 'node_modules/x': locked } })).toEqual(problems);
  });
});
