import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the tests run for real, by Debian package: a command, or where Debian puts the files. */
const NEEDED = [
  { debianPackage: 'chromium', isThere: () => hasCommand('chromium') },
  { debianPackage: 'redis-server', isThere: () => hasCommand('redis-server') },
  { debianPackage: 'openssl', isThere: () => hasCommand('openssl') },
  { debianPackage: 'python3-msal', isThere: () => existsSync('/usr/lib/python3/dist-packages/msal') },
] as const;

/**
 * Installs with apt-get what the tests need and the machine lacks.
 * @throws Error naming the packages when they are missing and could not be installed; tests are never skipped.
 */
export function requireSystemPackages(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  process.stderr.write(`Installing ${missing.join(', ')} for the tests.\n`);
  aptGet(['update', '-qq']);
  aptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  const still = missingPackages();
  if (still.length > 0) {
    throw new Error(`The tests need these system packages: ${still.join(', ')}. Install them and run again.`);
  }
}

function missingPackages(): string[] {
  return NEEDED.filter(({ isThere }) => !isThere()).map(({ debianPackage }) => debianPackage);
}

function aptGet(aptArguments: string[]): void {
  spawnSync('apt-get', aptArguments, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** The file that a command's name stands for; undefined where PATH has none. */
export function findOnPath(command: string): string | undefined {
  const files = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, command));
  return files.find(isExecutable);
}

function hasCommand(command: string): boolean {
  return findOnPath(command) !== undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
