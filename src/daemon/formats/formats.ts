import { csvFormat } from './csv-format.ts';
import { jsonFormat, ndjsonFormat } from './json-format.ts';
import type { FormatState, RowFormat } from './row-format.ts';
import { tableFormat } from './table-format.ts';

/** How the rows are written. */
export const FORMATS = ['json', 'ndjson', 'csv', 'table'] as const;
export type FormatName = (typeof FORMATS)[number];

interface FormatSettings {
  /** Columns that were chosen; else the first page decides. */
  columns?: readonly string[] | undefined;
  /** Columns of the terminal that a table has to fit. */
  width: number;
  /** The text is for a terminal and not for a program: nothing of it may be a command for the terminal. */
  forTerminal?: boolean;
}

/** Makes a writing, from the start or from where another one came to. */
export function createFormat(
  name: FormatName,
  { width, forTerminal = false, ...settings }: FormatSettings,
  state: FormatState = { rows: 0 },
): RowFormat {
  const columns = state.columns ?? settings.columns;
  switch (name) {
    case 'json':
      return jsonFormat(state.rows, forTerminal);
    case 'ndjson':
      return ndjsonFormat(state.rows, forTerminal);
    case 'csv':
      return csvFormat({ rows: state.rows, columns }, forTerminal);
    case 'table':
      return tableFormat(width, columns);
  }
}
