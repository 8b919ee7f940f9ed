import { statfsSync } from 'node:fs';
import { hourly } from '../hourly.ts';

/** What a write does to a file: it adds to it, or changes and removes what is there, which takes a few pages. */
export type DiskUse = 'growth' | 'change';

/** Room on the disk of a folder. */
export interface DiskRoom {
  /** Why no write of this kind may be begun now; `undefined` where one may. */
  refusal(use: DiskUse): string | undefined;
  /** To be told of a write that failed: for a while no other one is begun. */
  writeFailed(): void;
}

export interface DiskRoomOptions {
  folder: string;
  /** Milliseconds on a clock that is never set. */
  now?: () => number;
  /** Told, at most once an hour, that there is too little room. */
  onWarning(message: string): void;
  /** Bytes that are free inside the store's file, which takes no more of the disk when they are used again. */
  reusableBytes(): number;
  /** Bytes that this process may still write to the folder's disk. */
  readFreeBytes?: (folder: string) => number;
}

const MIB = 1_048_576;
const NEEDED_FOR_CHANGE = 4 * MIB;
const NEEDED_FOR_GROWTH = 16 * MIB;
/** The disk is asked at most this often: nothing here writes megabytes in that time. */
const LOOK_PAUSE_MS = 100;
const REST_MS = 5_000;

/**
 * Keeps lmdb away from a full disk: a transaction that finds no room damages the memory of the process, in lmdb's native
 * code. Where a limit is not the disk's own, such as a quota, only failed writes tell of it; they are kept rare.
 */
export function watchDiskRoom({
  folder,
  now = () => performance.now(),
  onWarning,
  reusableBytes,
  readFreeBytes = freeBytesOf,
}: DiskRoomOptions): DiskRoom {
  let roomFor: Readonly<Record<DiskUse, boolean>> = { growth: true, change: true };
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let restsUntilMs = Number.NEGATIVE_INFINITY;
  const warn = hourly(onWarning, now);

  function look(): void {
    if (now() - lookedAtMs < LOOK_PAUSE_MS) return;
    lookedAtMs = now();
    const freeBytes = readFreeBytes(folder);
    const change = freeBytes >= NEEDED_FOR_CHANGE;
    const growth =
      change && (freeBytes >= NEEDED_FOR_GROWTH || freeBytes + reusableBytes() >= NEEDED_FOR_GROWTH);
    roomFor = { growth, change };
    if (growth) return;
    warn(
      `The disk of ${folder} has ${Math.floor(freeBytes / MIB)} MiB left: nobody can sign in until there are ${NEEDED_FOR_GROWTH / MIB}.`,
    );
  }

  return {
    refusal(use) {
      if (now() < restsUntilMs) return 'a write failed a moment ago';
      look();
      return roomFor[use] ? undefined : 'the disk is nearly full';
    },
    writeFailed() {
      restsUntilMs = now() + REST_MS;
    },
  };
}

/** A folder that cannot be asked, such as one that was moved away, is no reason to refuse. */
function freeBytesOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
