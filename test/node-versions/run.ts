import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fetchNode } from '../support/node-version.ts';

/** `npm run test:node -- 24 [test files]`: the suite under another major version of Node. */
const [major = '', ...files] = process.argv.slice(2);
if (!/^\d{2}$/.test(major)) {
  process.stderr.write('Which Node? For example: npm run test:node -- 24\n');
  process.exit(2);
}

const node = fetchNode(major);
process.stderr.write(`Testing under Node ${versionOf(node)}.\n`);
process.exit(runTests(node, files));

function versionOf(binary: string): string {
  return spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout.trim();
}

/** Runs what `npm test` runs. Whatever starts `node` by name gets the same one. */
function runTests(binary: string, more: readonly string[]): number {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { test: string } };
  const [command, ...testArguments] = manifest.scripts.test.split(' ');
  if (command !== 'node') throw new Error('the test script does not start with node');
  const path = `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}`;
  const { status } = spawnSync(binary, [...testArguments, ...more], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  return status ?? 1;
}
