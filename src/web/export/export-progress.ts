/** How far an export is. */
export interface ExportProgress {
  count: number;
  /** How many people are in files before this one, which goes on where another ended. */
  before?: number;
  /** How many there are in all, where Graph said so. */
  total?: number;
  /** Since it began. */
  passedMs?: number;
  /** Graph asked for patience: so long, from now on. */
  waitingMs?: number;
  /** Where an export that broke off can go on: a path of this app. */
  resumeUrl?: string;
  /** There will be no more. */
  ended?: 'complete' | 'incomplete' | 'cancelled';
}

/** An export while it runs. */
export interface RunningExport {
  tell(progress: ExportProgress): void;
  /** Aborts when it has to end early; its reason is a `Stop`. */
  stopped: AbortSignal;
}

/** Why an export ends early: its follower cancels it, or the process ends. */
export type Stop = 'cancelled' | 'process ends';
