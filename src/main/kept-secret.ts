import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderProblem, privateFolderOf } from '../data-folder.ts';
import { ConfigurationError, systemCodeOf } from '../errors.ts';

const SECRET_BYTES = 32;

/** A session secret made once and kept, so that a restart signs nobody out. */
export function keptSecret(dataDir: string): string {
  const kept = readKeptSecret(dataDir);
  if (kept !== undefined) return kept;
  const made = randomBytes(SECRET_BYTES).toString('base64url');
  const file = fileIn(dataDir);
  rmSync(file, { force: true });
  writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}

/** The secret that was made earlier, if there is one. */
export function readKeptSecret(dataDir: string): string | undefined {
  try {
    const kept = readFileSync(fileIn(dataDir), 'utf8').trim();
    return kept.length >= SECRET_BYTES ? kept : undefined;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return undefined;
    throw new ConfigurationError([folderProblem(code)]);
  }
}

function fileIn(dataDir: string): string {
  return join(privateFolderOf(dataDir), 'session-secret');
}
