import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { storedName } from '../stored-text.ts';
import { asOne } from './lmdb-commit.ts';
import { openLmdbFile } from './lmdb-file.ts';
import { newVersion, type Sweep } from './lmdb-sweep.ts';

/** Names that were claimed, in a file of their own. */
export interface LmdbClaims {
  claim(name: string, expiresAtMs: number): Promise<boolean>;
  count(): number;
  sweep: Sweep;
  close(): Promise<void>;
}

const MAX_CLAIMS = 500_000;

/**
 * Claims last minutes, so their file is not flushed to disk, which saves most of a write's cost: a process that dies
 * leaves it whole. What the machine's own stop may leave of it is never opened again: its name holds the boot's id.
 */
export function openLmdbClaims(
  folder: string,
  now: () => number,
  onWarning: (message: string) => void,
): LmdbClaims {
  const boot = bootId();
  const file = `claims-${boot ?? 'synced'}.mdb`;
  const claims = openLmdbFile(join(folder, file), { noSync: boot !== undefined, onWarning });
  removeOfOtherBoots(folder, file);
  return {
    async claim(name, expiresAtMs) {
      const key = storedName(name);
      const write = (): void => asOne(claims.put(key, encodeExpiry(expiresAtMs), newVersion()));
      // Nearly every name is new, so that is tried before anything is read.
      if (await claims.ifNoExists(key, write)) return true;
      claims.resetReadTxn();
      const found = claims.getEntry(key);
      if (found?.version === undefined || expiryOf(found.value) > now()) return false;
      return claims.ifVersion(key, found.version, write);
    },
    count: () => countOf(claims),
    sweep: {
      database: claims,
      isOver: (_key, value) => expiryOf(value) <= now() || countOf(claims) > MAX_CLAIMS,
      remove: (key, version) => claims.ifVersion(key, version ?? 0, () => asOne(claims.remove(key))),
    },
    close: () => claims.close(),
  };
}

function countOf(database: RootDatabase<Buffer, string>): number {
  const stats: { entryCount?: number } = database.getStats();
  return stats.entryCount ?? 0;
}

function encodeExpiry(expiresAtMs: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(expiresAtMs);
  return bytes;
}

const expiryOf = (bytes: Buffer): number => (bytes.length === 8 ? bytes.readDoubleBE(0) : 0);

/** Linux says which start of the machine this is; elsewhere the file is flushed like any other. */
function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

function removeOfOtherBoots(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    if (/^claims-.*\.mdb(-lock)?$/.test(name) && !name.startsWith(current)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}
