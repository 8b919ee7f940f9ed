import type { Row } from '../graph/lists/pages.ts';
import { csvFormat } from './csv-format.ts';
import { jsonFormat, ndjsonFormat } from './json-format.ts';
import { tableFormat } from './table-format.ts';

/** How the rows are written. */
export const FORMATS = ['json', 'ndjson', 'csv', 'table'] as const;
export type FormatName = (typeof FORMATS)[number];

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

export interface FormatSettings {
  /** Columns that were chosen; else the first page decides. */
  columns?: readonly string[] | undefined;
  /** Columns of the terminal that a table has to fit. */
  width: number;
}

/** Makes a writing, from the start or from where another one came to. */
export function createFormat(
  name: FormatName,
  settings: FormatSettings,
  state: FormatState = { rows: 0 },
): RowFormat {
  const columns = state.columns ?? settings.columns;
  switch (name) {
    case 'json':
      return jsonFormat(state.rows);
    case 'ndjson':
      return ndjsonFormat(state.rows);
    case 'csv':
      return csvFormat({ rows: state.rows, columns });
    case 'table':
      return tableFormat(settings.width, columns);
  }
}
