import { stringify } from 'csv-stringify/sync';
import type { Row } from '../graph/pages.ts';
import { cellText, propertiesOf } from './cell.ts';
import type { FormatState, RowFormat } from './row-format.ts';

/**
 * Comma-separated values (RFC 4180, but with `\n` as lines end here) under one line of names. Cells that a
 * spreadsheet would run as a formula begin with an apostrophe.
 */
export function csvFormat(before: FormatState): RowFormat {
  let { rows, columns } = before;
  const lines = (page: readonly Row[]): string => {
    columns ??= propertiesOf(page[0]);
    const names = columns;
    const header = rows === 0 ? [names] : [];
    rows += page.length;
    const cells = page.map((row) => names.map((name) => cellText(row[name])));
    return stringify([...header, ...cells], {
      escape_formulas: true,
      quoted_match: /[\r\n]/,
      record_delimiter: 'unix',
    });
  };
  return {
    page: (page) => (page.length === 0 ? '' : lines(page)),
    end: () => (rows === 0 ? lines([]) : ''),
    state: () => ({ rows, columns }),
  };
}
