import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../support/node-version.ts';
import { EVERYDAY, folderOf } from './runs.ts';

/**
 * Installs the npm packages that only this run needs: a run may have a package.json and a package-lock.json of its own.
 * @throws Error where npm cannot
 */
export function installPackages(run: string): void {
  const folder = run === EVERYDAY ? '' : folderOf(run);
  if (!existsSync(join(folder, 'package-lock.json')) || run === EVERYDAY || areInstalled(folder)) return;
  process.stdout.write(`${run}: installing its npm packages.\n`);
  const flags = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm(['ci', ...flags]);
  if (status !== 0) throw new Error(`npm could not install the packages of ${folder}.`);
}

/** npm leaves a copy of the lockfile, in which what is optional may be missing. */
function areInstalled(folder: string): boolean {
  const copy = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(copy)) return false;
  const installed = packagesIn(copy);
  return Object.entries(packagesIn(join(folder, 'package-lock.json'))).every(
    ([name, { version, optional }]) => {
      const there = installed[name]?.version;
      return name === '' || there === version || (optional === true && there === undefined);
    },
  );
}

function packagesIn(lockfile: string): Record<string, { version: string; optional?: boolean }> {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
