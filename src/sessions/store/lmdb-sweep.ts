import type { Database } from 'lmdb';
import { allOf } from './lmdb-commit.ts';

/** How the entries of one database are looked through for what is over. */
export interface Sweep {
  database: Database<Buffer, string>;
  isOver(key: string, value: Buffer): boolean;
  /** Removes the entry, only where it still has this version. */
  remove(key: string, version: number | undefined): Promise<unknown>;
}

/** Entries looked at in one go, in well under a millisecond for the most. */
const BATCH_ENTRIES = 200;
const BATCH_PAUSE_MS = 250;
const ROUND_PAUSE_MS = 30_000;

/** A version that no other write of the same entry had: versions tell lmdb whether an entry is still the one read. */
export const newVersion = (): number => 1 + Math.random();

export interface Sweeping {
  /** Asked before each batch: where nothing may be removed, the look goes on after the pause between rounds. */
  mayRemove(): boolean;
  onError(error: unknown): void;
  pauses?: { batchMs: number; roundMs: number } | undefined;
}

/**
 * Looks through databases for ever, a small batch at a time with pauses between, and removes what is over. Never keeps
 * the process alive.
 * @returns stops it, and resolves when the batch under way is through
 */
export function startSweeping(
  sweeps: readonly Sweep[],
  { mayRemove, onError, pauses = { batchMs: BATCH_PAUSE_MS, roundMs: ROUND_PAUSE_MS } }: Sweeping,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let underWay = Promise.resolve();
  let place = { sweep: 0, after: '' };

  async function step(): Promise<void> {
    if (!mayRemove()) return plan(pauses.roundMs);
    const sweep = sweeps[place.sweep];
    const last = sweep === undefined ? undefined : await sweepBatch(sweep, place.after).catch(onError);
    if (last !== undefined) place = { ...place, after: last };
    else place = { sweep: (place.sweep + 1) % sweeps.length, after: '' };
    plan(last === undefined && place.sweep === 0 ? pauses.roundMs : pauses.batchMs);
  }

  function plan(pauseMs: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      underWay = step();
    }, pauseMs);
    timer.unref();
  }

  plan(pauses.batchMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
    return underWay;
  };
}

/** @returns the last key looked at, `undefined` when the end was reached */
async function sweepBatch({ database, isOver, remove }: Sweep, after: string): Promise<string | undefined> {
  database.resetReadTxn();
  const start = after === '' ? {} : { start: after, exclusiveStart: true };
  const batch = [...database.getRange({ ...start, limit: BATCH_ENTRIES, versions: true })];
  const over = batch.filter(({ key, value }) => isOver(key, value));
  await allOf(over.map(({ key, version }) => remove(key, version)));
  return batch.length < BATCH_ENTRIES ? undefined : batch.at(-1)?.key;
}
