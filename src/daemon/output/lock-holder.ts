import { open, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** The run that has a lock, as its file says it. */
export interface LockHolder extends ProcessIdentity {
  since: string;
}

/** A run shows that it lives by touching its file, for those who cannot see its process. */
export const HEARTBEAT_MS = 2_000;
/** A run that does not move for so long is gone. */
const WATCH_MS = 10_000;
const LOOK_AGAIN_MS = 500;

/** This run. */
export function ownHolder(): LockHolder {
  return { ...ownIdentity(), since: new Date().toISOString() };
}

/** @returns undefined for a file that says nothing of its writer */
export async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, host, since, place, started } = value as Partial<LockHolder>;
  const isText = (text: unknown) => typeof text === 'string';
  const isTextOrAbsent = (text: unknown) => text === undefined || isText(text);
  return (
    Number.isSafeInteger(pid) &&
    Number(pid) > 0 &&
    isText(host) &&
    isText(since) &&
    isTextOrAbsent(place) &&
    isTextOrAbsent(started)
  );
}

/**
 * Whether the run that has a lock still lives. Where its process cannot be seen, in another container or on another
 * machine, its file is watched.
 * @param onWatch told before that, because it takes a while
 */
export async function isAlive(
  holder: LockHolder | undefined,
  file: string,
  onWatch: () => void,
): Promise<boolean> {
  const seen = holder === undefined ? undefined : isRunning(holder);
  if (seen !== undefined) return seen;
  onWatch();
  return moves(file);
}

async function moves(file: string): Promise<boolean> {
  const before = await touchedAtMs(file);
  for (let waitedMs = 0; waitedMs < WATCH_MS && before !== undefined; waitedMs += LOOK_AGAIN_MS) {
    await wait(LOOK_AGAIN_MS);
    const now = await touchedAtMs(file);
    if (now !== before) return now !== undefined;
  }
  return false;
}

/** The file is opened for each look: a network file system then asks its server. */
async function touchedAtMs(file: string): Promise<number | undefined> {
  try {
    const handle = await open(file, 'r');
    const { mtimeMs } = await handle.stat().finally(() => handle.close());
    return mtimeMs;
  } catch {
    return undefined;
  }
}
