import { type ExportListener, newsTo, watchExport } from './export-news.ts';
import type { ExportProgress, RunningExport } from './export-progress.ts';
import { type OwnExport, readSharedExport, type SharedPlace, shareExport } from './shared-export.ts';

/** The exports of this process, and what the others say of theirs; each by a name that only its session knows. */
export interface Exports {
  /** @returns undefined where the session has too many under way */
  begin(sid: string, name: string | undefined): RunningExport | undefined;
  /** @returns how to stop following; undefined where too many are followed */
  follow(name: string, listener: ExportListener): (() => void) | undefined;
  latest(name: string): Promise<ExportProgress | undefined>;
  cancel(name: string): Promise<void>;
}

export interface ExportsSettings extends SharedPlace {
  /** Exports of one session at the same time, in this process. */
  mostOfSession: number;
  /** Exports that are followed at once. */
  mostFollowed: number;
}

/** Begins, follows and cancels exports. */
export function createExports(settings: ExportsSettings): Exports {
  const { notes, now, mostOfSession, mostFollowed } = settings;
  const own = new Map<string, OwnExport>();
  const underWay = createTally();
  const followers = new Set<{ name: string; listener: ExportListener }>();

  const tellFollowers = (name: string, progress: ExportProgress) => {
    for (const follower of followers) if (follower.name === name) follower.listener(progress);
  };
  const latest = async (name: string) => own.get(name)?.progress ?? readSharedExport(settings, name);

  return {
    begin(sid, name = '') {
      if (underWay.of(sid) >= mostOfSession) return undefined;
      underWay.add(sid, 1);
      const begunAtMs = now();
      const { promise: over, resolve: end } = settleable();
      const running: OwnExport = { progress: { count: 0 }, cancel: new AbortController(), over };
      if (name !== '') {
        own.set(name, running);
        // Whoever cannot be told goes without: the file does not suffer.
        void shareExport(settings, name, running)
          .catch(() => over)
          .finally(() => own.delete(name));
      }
      return {
        cancelled: running.cancel.signal,
        tell(progress) {
          if (running.progress.ended !== undefined) return;
          running.progress = { ...progress, passedMs: now() - begunAtMs };
          tellFollowers(name, running.progress);
          if (progress.ended === undefined) return;
          underWay.add(sid, -1);
          end();
        },
      };
    },
    follow(name, listener) {
      if (followers.size >= mostFollowed) return undefined;
      const follower = { name, listener: newsTo(listener, now) };
      followers.add(follower);
      const stop = new AbortController();
      void watchExport(() => latest(name), follower.listener, stop.signal);
      return () => {
        followers.delete(follower);
        stop.abort();
      };
    },
    latest,
    async cancel(name) {
      const running = own.get(name);
      if (running === undefined) await notes.remove(name);
      else running.cancel.abort();
    },
  };
}

/** How many there are of each. */
function createTally() {
  const counts = new Map<string, number>();
  const of = (key: string) => counts.get(key) ?? 0;
  return {
    of,
    add(key: string, change: 1 | -1) {
      if (of(key) + change === 0) counts.delete(key);
      else counts.set(key, of(key) + change);
    },
  };
}

function settleable(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
