import { csvLines } from '../../csv.ts';
import type { Row } from '../../graph/index.ts';
import { printable } from '../terminal/index.ts';
import { cellText, propertiesOf, propertyOf } from './cell.ts';
import type { FormatState, RowFormat } from './row-format.ts';

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
    const header = rows === 0 ? [names.map(shown)] : [];
    rows += page.length;
    const cells = page.map((row) => names.map((name) => shown(cellText(propertyOf(row, name)))));
    return csvLines([...header, ...cells], '\n');
  };
  return {
    page: (page) => (page.length === 0 ? '' : lines(page)),
    end: () => (rows === 0 ? lines([]) : ''),
    state: () => ({ rows, columns }),
  };
}
