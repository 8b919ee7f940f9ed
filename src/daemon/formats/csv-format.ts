import { csvLine, csvLines } from '../../csv.ts';
import type { Row } from '../../graph/index.ts';
import { printable } from '../../printable.ts';
import { cellText, propertiesOf, propertyOf } from './cell.ts';
import type { FormatState, RowFormat } from './row-format.ts';

const FORM = { lineEnd: '\n' } as const;

/**
 * Comma-separated values under one line of names; lines end with `\n`, as on a console.
 * @param forTerminal shows what a terminal would obey as �
 */
export function csvFormat(before: FormatState, forTerminal: boolean): RowFormat {
  const shown = forTerminal ? printable : (text: string) => text;
  let { rows, columns } = before;
  const lines = (page: readonly Row[]): string => {
    columns ??= propertiesOf(page[0]);
    const names = columns;
    const header = rows === 0 ? csvLine(names.map(shown), FORM) : '';
    rows += page.length;
    const cells = page.map((row) => names.map((name) => shown(cellText(propertyOf(row, name)))));
    return header + csvLines(cells, FORM);
  };
  return {
    page: (page) => (page.length === 0 ? '' : lines(page)),
    end: () => (rows === 0 ? lines([]) : ''),
    state: () => ({ rows, columns }),
  };
}
