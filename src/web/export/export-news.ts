import { setInterval } from 'node:timers/promises';
import type { ExportProgress } from './export-progress.ts';

/** Whoever listens to how far an export is. */
export type ExportListener = (progress: ExportProgress) => void;

/** How often whoever follows an export looks for news. */
const NEWS_MS = 1_000;
/** What is no news is told again so often, so that a silence says that the connection is lost. */
const AGAIN_MS = 5_000;

/** That there is nobody yet is no news. */
const NO_NEWS: ExportProgress = { count: 0 };

/** Tells a listener each piece of news once, and again after a while in which there was no other. */
export function newsTo(listener: ExportListener, now: () => number): ExportListener {
  let told = JSON.stringify(NO_NEWS);
  let toldAtMs = now();
  return (progress) => {
    const news = JSON.stringify(progress);
    if (news === told && now() - toldAtMs < AGAIN_MS) return;
    told = news;
    toldAtMs = now();
    listener(progress);
  };
}

/** Reads how far an export is and tells it, again and again until `signal` aborts. */
export async function watchExport(
  read: () => Promise<ExportProgress | undefined>,
  tell: ExportListener,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const _tick of setInterval(NEWS_MS, undefined, { signal, ref: false })) {
      const progress = await read();
      if (progress !== undefined && !signal.aborted) tell(progress);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
