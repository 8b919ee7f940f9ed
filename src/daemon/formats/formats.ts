import { csvFormat } from './csv-format.ts';
import { jsonFormat, ndjsonFormat } from './json-format.ts';
import type { FormatState, RowFormat } from './row-format.ts';
import { tableFormat } from './table-format.ts';

/** How the rows are written. */
export const FORMATS = ['json', 'ndjson', 'csv', 'table'] as const;
export type FormatName = (typeof FORMATS)[number];

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
