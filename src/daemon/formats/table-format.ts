import type { Row } from '../../graph/index.ts';
import { printable } from '../../printable.ts';
import { cellText, propertiesOf, propertyOf } from './cell.ts';
import { displayWidth, fitTo } from './display-width.ts';
import type { RowFormat } from './row-format.ts';

/** What a table shows when nothing is selected; the rest would not fit. */
const PREFERRED = ['displayName', 'userPrincipalName', 'jobTitle', 'officeLocation'];
const MOST_COLUMNS = 4;
const GAP = '  ';
const NARROWEST = 4;

interface Layout {
  names: readonly string[];
  widths: readonly number[];
}

/**
 * A table for people. The first page decides the widths, because nothing is kept back; longer texts of later pages
 * are cut.
 * @param width columns of the terminal
 */
export function tableFormat(width: number, columns: readonly string[] | undefined): RowFormat {
  let rows = 0;
  let layout: Layout | undefined;
  return {
    page(page) {
      if (page.length === 0) return '';
      const head = layout === undefined;
      const laidOut = layout ?? layOut(page, columns ?? chosenColumns(page[0]), width);
      layout = laidOut;
      rows += page.length;
      const lines = page.map((row) => lineOf(laidOut, (name) => cellText(propertyOf(row, name))));
      return [...(head ? headOf(laidOut) : []), ...lines].map((line) => `${line.trimEnd()}\n`).join('');
    },
    end: () => (rows === 0 ? 'No users.\n' : ''),
    state: () => ({ rows }),
  };
}

function chosenColumns(row: Row | undefined): readonly string[] {
  const names = propertiesOf(row);
  const preferred = PREFERRED.filter((name) => names.includes(name));
  return preferred.length > 0 ? preferred : names.slice(0, MOST_COLUMNS);
}

function layOut(page: readonly Row[], names: readonly string[], width: number): Layout {
  const wanted = names.map((name) =>
    Math.max(
      NARROWEST,
      displayWidth(name),
      ...page.map((row) => displayWidth(printable(cellText(propertyOf(row, name))))),
    ),
  );
  return { names, widths: shrink(wanted, width - GAP.length * (names.length - 1)) };
}

/** Takes from the widest column, one by one, until all fit. */
function shrink(wanted: readonly number[], available: number): number[] {
  const widths = [...wanted];
  for (let excess = sum(widths) - available; excess > 0; excess -= 1) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function headOf(layout: Layout): string[] {
  return [lineOf(layout, (name) => name), layout.widths.map((width) => '-'.repeat(width)).join(GAP)];
}

function lineOf({ names, widths }: Layout, textOf: (name: string) => string): string {
  return names.map((name, at) => fitTo(printable(textOf(name)), widths[at] ?? NARROWEST)).join(GAP);
}
