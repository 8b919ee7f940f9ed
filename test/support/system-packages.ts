import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the tests run for real, as command and Debian package. */
const NEEDED = [
  { command: 'chromium', debianPackage: 'chromium' },
  { command: 'redis-server', debianPackage: 'redis-server' },
] as const;

/**
 * Installs with apt-get what the tests need and the machine lacks.
 * @throws Error naming the packages when they are missing and could not be installed; tests are never skipped.
 */
export function requireSystemPackages(): void {
  const missing = NEEDED.filter(({ command }) => findOnPath(command) === undefined).map(
    (entry) => entry.debianPackage,
  );
  if (missing.length === 0) return;
  process.stderr.write(`Installing ${missing.join(', ')} for the tests.\n`);
  aptGet(['update', '-qq']);
  aptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  const still = NEEDED.filter(({ command }) => findOnPath(command) === undefined).map(
    (entry) => entry.debianPackage,
  );
  if (still.length > 0) {
    throw new Error(`The tests need these system packages: ${still.join(', ')}. Install them and run again.`);
  }
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
