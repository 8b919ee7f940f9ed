import { setTimeout as wait } from 'node:timers/promises';
import type { ExportProgress, Stop } from './export-progress.ts';

/** An export of this process. */
export interface OwnExport {
  progress: ExportProgress;
  stop(why: Stop): void;
  stopped: AbortSignal;
  /** Settles when the export has ended. */
  over: Promise<void>;
}

/** Short texts that all processes of the app see for a while, under names that only their writer knows. */
export interface SharedNotes {
  /** Writes a note, whatever stood there before. */
  write(
    name: string,
    text: string,
  ): Promise<{
    /** @returns false where somebody removed the note, or wrote another: it is left so then */
    replace(text: string): Promise<boolean>;
  }>;
  /** @returns undefined where there is none, or none any more */
  read(name: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
}

/** Where every process can read how far an export is, and its clock. */
export interface SharedPlace {
  notes: SharedNotes;
  now: () => number;
}

/** How far an export was, and when that was, by the clock of the process that makes it. */
type ExportNote = ExportProgress & { writtenAtMs: number };

/** How often a note is renewed while its export runs or waits. */
const RENEWED_MS = 1_000;
/**
 * A note that is older than this is of a process that died. It would have been renewed ten times: that leaves room for
 * a slow store, a busy process, and clocks that differ by some seconds.
 */
const DEAD_MS = 10_000;
/** How often in a row a note is tried to be written. */
const MOST_TRIES = 60;

/**
 * Writes how far an export is where every process can read it, until it has ended: a load balancer may send those who
 * follow it to another one. There, cancelling the export removes the note, and here that is noticed.
 */
export async function shareExport({ notes, now }: SharedPlace, name: string, own: OwnExport): Promise<void> {
  const text = () => JSON.stringify({ ...own.progress, writtenAtMs: now() } satisfies ExportNote);
  const write = () => untilWritten(() => notes.write(name, text()));
  let note = await write();
  while (own.progress.ended === undefined) {
    await Promise.race([own.over, wait(RENEWED_MS, undefined, { ref: false })]);
    const isThere = await note.replace(text()).catch(() => undefined);
    if (isThere === false) own.stop('cancelled');
    if (own.stopped.aborted) await own.over;
    else if (isThere === undefined) note = await write();
  }
  await write();
}

/** Tries again where the store fails: a note that is not renewed says that its export broke off. */
async function untilWritten<Written>(write: () => Promise<Written>): Promise<Written> {
  for (let tries = 1; tries < MOST_TRIES; tries += 1) {
    const written = await write().catch(() => undefined);
    if (written !== undefined) return written;
    await wait(RENEWED_MS, undefined, { ref: false });
  }
  return write();
}

/** What was written of an export; undefined where nothing was, or nothing can be read now. */
export async function readSharedExport(
  { notes, now }: SharedPlace,
  name: string,
): Promise<ExportProgress | undefined> {
  const text = await notes.read(name).catch(() => undefined);
  if (text === undefined) return undefined;
  const { writtenAtMs, ...progress } = JSON.parse(text) as ExportNote;
  const isDead = progress.ended === undefined && now() - writtenAtMs > DEAD_MS;
  return isDead ? { ...progress, ended: 'incomplete' } : progress;
}
