import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Without a window and what belongs to one, Chromium takes a third of the time; with one, it does as well. */
export const CHROMIUM = ['chromium-headless-shell', 'chromium'];

/** A command that tests run for real, and the Debian package that brings it. */
interface Needed {
  debianPackage: string;
  isThere: () => boolean;
}

const NEEDED: readonly Needed[] = [
  { debianPackage: 'chromium-headless-shell', isThere: () => CHROMIUM.some((name) => hasCommand(name)) },
  ...neededFor({
    'redis-server': 'redis-server',
    nginx: 'nginx-light',
    script: 'bsdutils',
    bindfs: 'bindfs',
    openssl: 'openssl',
  }),
  { debianPackage: 'python3-msal', isThere: () => existsSync('/usr/lib/python3/dist-packages/msal') },
];

function neededFor(commands: Readonly<Record<string, string>>): Needed[] {
  return Object.entries(commands).map(([command, debianPackage]) => ({
    debianPackage,
    isThere: () => hasCommand(command, ['/usr/sbin']),
  }));
}

/**
 * Installs with apt-get what the tests need and the machine lacks.
 * @param commands what a run needs beyond, each with its Debian package
 * @throws Error naming the packages when they are missing and could not be installed; tests are never skipped.
 */
export function requireSystemPackages(commands: Readonly<Record<string, string>> = {}): void {
  const needed = [...NEEDED, ...neededFor(commands)];
  const missing = missingOf(needed);
  if (missing.length === 0) return;
  process.stdout.write(`Installing ${missing.join(', ')} for the tests.\n`);
  aptGet(['update', '-qq']);
  withoutStartingServices(() => aptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing]));
  const still = missingOf(needed);
  if (still.length > 0) {
    throw new Error(`The tests need these system packages: ${still.join(', ')}. Install them and run again.`);
  }
}

function missingOf(needed: readonly Needed[]): string[] {
  return needed.filter(({ isThere }) => !isThere()).map(({ debianPackage }) => debianPackage);
}

/** What Debian's packages ask before they start a service, such as nginx on port 80: the tests start their own. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';
const ACTION_FORBIDDEN = '#!/bin/sh\nexit 101\n';

function withoutStartingServices(install: () => void): void {
  if (existsSync(SERVICE_POLICY)) {
    install();
    return;
  }
  try {
    writeFileSync(SERVICE_POLICY, ACTION_FORBIDDEN, { mode: 0o755 });
  } catch {
    install(); // without the right to write there, apt-get has none to install either, and says so
    return;
  }
  try {
    install();
  } finally {
    rmSync(SERVICE_POLICY);
  }
}

/** Where nothing comes, neither does anything later: then the tests say what is missing. */
const INSTALL_MS = 5 * 60_000;

function aptGet(aptArguments: string[]): void {
  spawnSync('apt-get', aptArguments, {
    timeout: INSTALL_MS,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/**
 * The file that a command's name stands for; undefined where PATH has none.
 * @param besides folders to look in too
 */
export function findOnPath(command: string, besides: readonly string[] = []): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...besides];
  return folders.map((folder) => join(folder, command)).find(isExecutable);
}

function hasCommand(command: string, besides: readonly string[] = []): boolean {
  return findOnPath(command, besides) !== undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
