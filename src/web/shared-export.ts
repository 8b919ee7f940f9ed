import { setInterval, setTimeout as wait } from 'node:timers/promises';
import type { SharedNotes } from '../sessions/shared-notes.ts';
import type { ExportProgress } from './export-progress.ts';

/** An export of this process. */
export interface OwnExport {
  progress: ExportProgress;
  cancel: AbortController;
  /** Settles when the export has ended. */
  over: Promise<void>;
}

/** How often the other processes get and look for news. */
const NEWS_MS = 1_000;

/**
 * Writes how far an export is where every process can read it, until it has ended: a load balancer may send those who
 * follow it to another one. There, whoever cancels the export removes the note, and here that is noticed.
 */
export async function shareExport(notes: SharedNotes, name: string, own: OwnExport): Promise<void> {
  const note = await notes.write(name, JSON.stringify(own.progress));
  while (own.progress.ended === undefined) {
    await Promise.race([own.over, wait(NEWS_MS, undefined, { ref: false })]);
    if (!(await note.replace(JSON.stringify(own.progress)))) own.cancel.abort();
    if (own.cancel.signal.aborted) await own.over;
  }
  await notes.write(name, JSON.stringify(own.progress));
}

/** What was written of an export; undefined where nothing was, or nothing can be read now. */
export async function readSharedExport(
  notes: SharedNotes,
  name: string,
): Promise<ExportProgress | undefined> {
  const text = await notes.read(name).catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ExportProgress);
}

/** Tells the news of an export until `signal` aborts. */
export async function watchSharedExport(
  read: () => Promise<ExportProgress | undefined>,
  tell: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  let told: string | undefined;
  try {
    for await (const _tick of setInterval(NEWS_MS, undefined, { signal, ref: false })) {
      const progress = await read();
      const news = JSON.stringify(progress);
      if (progress !== undefined && news !== told && !signal.aborted) tell(progress);
      told = news;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
