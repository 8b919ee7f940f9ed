import type { FormatState } from '../formats/index.ts';

/** Up to where a list was read and written. */
export interface Progress {
  state: FormatState;
  /** There is a next page, whether or not its link may be followed. */
  hasMore: boolean;
  /** Path of the next page. */
  nextPath: string | undefined;
}

/** Where the text goes. */
export interface Output {
  /** Resolves when there is room for more. @throws ClosedPipe when nobody reads any more */
  write(text: string): Promise<void>;
  /** A page is written whole. */
  pageDone(progress: Progress): Promise<void>;
  /** Everything is written. */
  finish(): Promise<void>;
  /** Forgets what was written, to start again. @returns false where it is out of reach */
  startAgain(): Promise<boolean>;
  /** Ends early, at once: leaves nothing half-done behind that does not say so. @returns what is there now, if anything */
  abandon(): string | undefined;
}

/** The reader of the output has enough: no error. */
export class ClosedPipe extends Error {}
