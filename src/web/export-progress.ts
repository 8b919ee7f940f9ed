/** How far an export is. */
export interface ExportProgress {
  count: number;
  /** How many there are in all, where Graph said so. */
  total?: number;
  /** Graph asked for patience: so long, from now on. */
  waitingMs?: number;
  /** Where an export that broke off can go on: a path of this app. */
  resumeUrl?: string;
  /** There will be no more. */
  ended?: 'complete' | 'incomplete';
}

/** An export that somebody may follow, and stop. */
export interface FollowedExport {
  tell(progress: ExportProgress): void;
  /** Aborts when whoever follows it cancels it. */
  cancelled: AbortSignal;
}

/** The exports of this process that somebody follows, by a name that only they know. */
export interface ExportProgresses {
  of(name: string): FollowedExport;
  /** @returns how to stop following; undefined where too many are followed */
  follow(name: string, listener: (progress: ExportProgress) => void): (() => void) | undefined;
  cancel(name: string): void;
}

interface Followed {
  listener: (progress: ExportProgress) => void;
  cancel: AbortController;
}

/** @param most exports that are followed at once */
export function createExportProgresses(most: number): ExportProgresses {
  const followed = new Map<string, Followed>();
  return {
    of: (name) => ({
      tell: (progress) => followed.get(name)?.listener(progress),
      cancelled: followed.get(name)?.cancel.signal ?? new AbortController().signal,
    }),
    follow(name, listener) {
      if (followed.size >= most || followed.has(name)) return undefined;
      followed.set(name, { listener, cancel: new AbortController() });
      return () => followed.delete(name);
    },
    cancel: (name) => followed.get(name)?.cancel.abort(),
  };
}
