import { setInterval } from 'node:timers/promises';
import type { ExportProgress } from './export-progress.ts';

/** A browser that listens to how far an export is. */
export type ExportListener = (progress: ExportProgress) => void;

/** How often an export's follower looks for news. */
const NEWS_MS = 1_000;
/** What is no news is told again so often, so that a silence says that the connection is lost. */
const AGAIN_MS = 5_000;

/** A listener without an export for longer asks again, or never wanted one. */
const WITHOUT_EXPORT_MS = 60_000;

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

/** What a watch looks at, and whom it tells. */
interface Watch {
  read: () => Promise<ExportProgress | undefined>;
  tell: ExportListener;
  /** Whether the listener is still signed in, in whatever process they sign out. */
  isSignedIn: () => Promise<boolean>;
  now: () => number;
}

/**
 * Reads how far an export is and tells it, again and again until `signal` aborts, the listener's session has
 * ended, or there was no export for a while. A store that does not answer says nothing of a session.
 */
export async function watchExport(watch: Watch, signal: AbortSignal): Promise<void> {
  const { read, tell, isSignedIn, now } = watch;
  let seenAtMs = now();
  for await (const _tick of ticks(signal)) {
    if (!(await isSignedIn().catch(() => true))) return;
    const progress = await read();
    if (progress !== undefined) seenAtMs = now();
    if (now() - seenAtMs >= WITHOUT_EXPORT_MS) return;
    if (progress !== undefined && !signal.aborted) tell(progress);
  }
}

async function* ticks(signal: AbortSignal): AsyncGenerator<void> {
  try {
    yield* setInterval(NEWS_MS, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
