import { statfsSync } from 'node:fs';
import { hourly } from '../../../hourly.ts';

interface DiskRoomOptions {
  folder: string;
  /** Milliseconds on a clock that is never set. */
  now?: () => number;
  /** Told, at most once an hour, that there is too little room. */
  onWarning(message: string): void;
  /** Bytes that this process may still write to the folder's disk. */
  readFreeBytes?: (folder: string) => number;
}

const MIB = 1_048_576;
/** What write-ahead logs of a few processes take between two checkpoints, so that sign-outs still find room. */
const NEEDED_BYTES = 4 * MIB;

/**
 * Tells whether something new may be written.
 * @param reusableBytes free inside the store's file, which takes no more of the disk when they are used again
 */
export type MayGrow = (reusableBytes: () => number) => boolean;

/**
 * Keeps the last room of a disk for people who are signed in: to sign out and to get new tokens takes some too. The disk
 * is asked before each write of something new, which costs a thousandth of it.
 */
export function watchDiskRoom({
  folder,
  now = () => performance.now(),
  onWarning,
  readFreeBytes = freeBytesOf,
}: DiskRoomOptions): MayGrow {
  const warn = hourly(onWarning, now);

  return function mayGrow(reusableBytes) {
    const freeBytes = readFreeBytes(folder);
    const isRoom = freeBytes >= NEEDED_BYTES || freeBytes + reusableBytes() >= NEEDED_BYTES;
    if (!isRoom)
      warn(
        `The disk of ${folder} has ${Math.floor(freeBytes / MIB)} MiB left: nobody can sign in until there are ${NEEDED_BYTES / MIB}.`,
      );
    return isRoom;
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
