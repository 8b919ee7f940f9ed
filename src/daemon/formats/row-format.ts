import type { Row } from '../../graph/index.ts';

/** How far a writing has come: what the next rows depend on. */
export interface FormatState {
  rows: number;
  /** The columns, once they are known. */
  columns?: readonly string[] | undefined;
}

/** Turns pages of rows into text, one after the other. */
export interface RowFormat {
  page(rows: readonly Row[]): string;
  /** What closes the text. */
  end(): string;
  state(): FormatState;
}
