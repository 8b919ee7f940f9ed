import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { npm } from '../../support/node-version.ts';

/** Packs this project into a new folder of somebody's. */
export function packIntoFolder(): { folder: string; packed: string } {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  runNpm(['pack', '--pack-destination', folder], resolve('.'));
  return { folder, packed: join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '') };
}

/** Runs npm quietly. @throws Error with what it complains about */
export function runNpm(npmArguments: string[], cwd: string): void {
  const { status, stderr } = npm([...npmArguments, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  if (status !== 0) throw new Error(`npm ${npmArguments[0]}: ${stderr}`);
}
