import { ConfigurationError } from '../../errors.ts';
import { type Bookmark, removeBookmark, saveBookmark } from './bookmark.ts';
import type { Output } from './output.ts';
import { LockedError, type RunLock, takeLock } from './run-lock.ts';
import { becomeTarget, type PartialFile, type TargetSurroundings, targetOf, unusable } from './target.ts';
import { openUnfinished, type UnfinishedGiven } from './unfinished-file.ts';

export interface ResumableOutput {
  output: Output;
  /** Where an interrupted run came to; absent at a start. */
  from?: Bookmark;
}

interface ResumableGiven extends UnfinishedGiven, TargetSurroundings {
  file: string;
}

/**
 * Writes into `FILE.partial`, which stays after an interruption together with a bookmark after the last whole page,
 * and goes on there where both are found. One run does so at a time.
 * @throws ConfigurationError where another run does so, and for a file of another query
 */
export async function openResumableOutput(given: ResumableGiven): Promise<ResumableOutput> {
  const target = await targetOf(given.file);
  const path = `${target}.partial`;
  const lock = await lockOf(path, given);
  try {
    const { handle, from } = await openUnfinished(path, given);
    const output = outputInto({ handle, path, target }, lock, given, from);
    return from === undefined ? { output } : { output, from };
  } catch (error) {
    lock.release();
    throw error instanceof ConfigurationError ? error : unusable(given.file, error);
  }
}

function lockOf(path: string, { file, onNote }: ResumableGiven): Promise<RunLock> {
  const onWatch = () => onNote(`Looking for a while whether another run still writes ${file}.`);
  return takeLock(`${path}.lock`, onWatch).catch((error: unknown) => {
    throw error instanceof LockedError ? isTaken(file, error) : unusable(file, error);
  });
}

function isTaken(file: string, { holder }: LockedError): ConfigurationError {
  const who = holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
  return new ConfigurationError([
    `--output ${file} is being written by another run${who}: wait until it has ended`,
  ]);
}

function outputInto(
  partial: PartialFile,
  lock: RunLock,
  given: ResumableGiven,
  from: Bookmark | undefined,
): Output {
  const { handle, path } = partial;
  let { bytes, users } = { bytes: from?.bytes ?? 0, users: from?.state.rows ?? 0 };
  const requireLock = async () => {
    if (!(await lock.isHeld())) throw isTaken(given.file, new LockedError(undefined));
  };
  return {
    async write(text) {
      await requireLock();
      await handle.appendFile(text);
      bytes += Buffer.byteLength(text);
    },
    async pageDone(progress) {
      await handle.datasync(); // a bookmark must not survive a power cut that its rows do not survive
      await saveBookmark(path, { ...progress, fingerprint: given.fingerprint, bytes, savedAt: new Date() });
      users = progress.state.rows;
    },
    async finish() {
      await requireLock();
      await becomeTarget(partial, given);
      await removeBookmark(path);
      lock.release();
    },
    async startAgain() {
      await removeBookmark(path);
      await handle.truncate(0);
      bytes = 0;
      users = 0;
      return true;
    },
    abandon() {
      lock.release();
      return `${path} holds ${users} users; the same command goes on from there, as long as Graph still knows the page`;
    },
  };
}
