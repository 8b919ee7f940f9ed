import { type ExportListener, newsTo, watchExport } from './export-news.ts';
import type { ExportProgress, RunningExport, Stop } from './export-progress.ts';
import { type OwnExport, readSharedExport, type SharedPlace, shareExport } from './shared-export.ts';

/** The exports of this process, and what the others say of theirs; each by a name that only its session knows. */
export interface Exports {
  /** @returns undefined where the session has too many under way */
  begin(sid: string, name: string | undefined): RunningExport | undefined;
  /** @returns how to stop following; undefined where too many follow, in all or of this session */
  follow(follower: Follower): (() => void) | undefined;
  latest(name: string): Promise<ExportProgress | undefined>;
  cancel(name: string): Promise<void>;
}

/** Somebody who listens to how far an export is. */
interface Follower {
  sid: string;
  name: string;
  tell: ExportListener;
  /** Called where nothing more will be told, whether the export goes on or not. */
  end(): void;
  isSignedIn(): Promise<boolean>;
}

interface ExportsSettings extends SharedPlace {
  /** Aborts when the process begins to end. */
  ending: AbortSignal;
}

/** Exports of one session at once, in this process: more would only share what Graph gives. */
const MOST_OF_SESSION = 3;
/** Exports that are followed at once through this process. */
const MOST_FOLLOWED = 1_000;
/** By one session: each of its exports in two windows. */
const MOST_FOLLOWED_OF_SESSION = 6;
/**
 * Exports go on for so long while the process ends, and then end in order, with a last line in the file: the process
 * waits a few seconds longer for its requests.
 */
const GO_ON_MS = 4_000;

/** Begins, follows and cancels exports. */
export function createExports(settings: ExportsSettings): Exports {
  const { notes, now, ending } = settings;
  /** By name: those that are followed, until their last note is written. */
  const own = new Map<string, OwnExport>();
  /** With the session of each. */
  const running = new Map<OwnExport, string>();
  const followers = new Set<Follower>();

  const tellFollowers = (name: string, progress: ExportProgress) => {
    for (const follower of followers) if (follower.name === name) follower.tell(progress);
  };
  const runningOf = (sid: string) => [...running.values()].filter((owner) => owner === sid).length;
  const followedBy = (sid: string) => [...followers].filter((follower) => follower.sid === sid).length;
  const endInOrder = () => {
    for (const { end } of followers) end();
    setTimeout(() => {
      for (const { stop } of running.keys()) stop('process ends');
    }, GO_ON_MS).unref();
  };
  ending.addEventListener('abort', endInOrder, { once: true });
  const latest = async (name: string) => own.get(name)?.progress ?? readSharedExport(settings, name);

  return {
    begin(sid, name = '') {
      if (runningOf(sid) >= MOST_OF_SESSION) return undefined;
      const begunAtMs = now();
      const { promise: over, resolve: end } = settleable();
      const stopping = new AbortController();
      const { signal: stopped } = stopping;
      const stop = (why: Stop) => stopping.abort(why);
      const begun: OwnExport = { progress: { count: 0 }, stop, stopped, over };
      running.set(begun, sid);
      if (name !== '') {
        own.set(name, begun);
        // A follower who cannot be told goes without: the file does not suffer.
        void shareExport(settings, name, begun)
          .catch(() => over)
          .finally(() => own.delete(name));
      }
      return {
        stopped,
        tell(progress) {
          if (begun.progress.ended !== undefined) return;
          begun.progress = { ...withReason(progress, stopped), passedMs: now() - begunAtMs };
          tellFollowers(name, begun.progress);
          if (progress.ended === undefined) return;
          running.delete(begun);
          end();
        },
      };
    },
    follow(given) {
      if (followers.size >= MOST_FOLLOWED || followedBy(given.sid) >= MOST_FOLLOWED_OF_SESSION)
        return undefined;
      const follower = { ...given, tell: newsTo(given.tell, now) };
      followers.add(follower);
      const stop = new AbortController();
      void watchExport({ ...follower, read: () => latest(given.name), now }, stop.signal).finally(given.end);
      return () => {
        followers.delete(follower);
        stop.abort();
      };
    },
    latest,
    async cancel(name) {
      const ours = own.get(name);
      if (ours !== undefined) ours.stop('cancelled');
      // What ended stays told: somebody may press twice.
      else if ((await readSharedExport(settings, name))?.ended === undefined) await notes.remove(name);
    },
  };
}

/** What ends early because somebody cancelled it says so. */
function withReason(progress: ExportProgress, { reason }: AbortSignal): ExportProgress {
  const why: Stop | undefined = reason;
  return progress.ended === 'incomplete' && why === 'cancelled' ? { ...progress, ended: why } : progress;
}

function settleable(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
