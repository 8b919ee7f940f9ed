import { printableJson } from '../../printable.ts';
import type { RowFormat } from './row-format.ts';

const INDENT = 2;

/**
 * One JSON array, indented by two: the same text as `JSON.stringify` makes of all rows, but piece by piece.
 * @param forTerminal escapes what a terminal would obey
 */
export function jsonFormat(rowsBefore: number, forTerminal: boolean): RowFormat {
  let rows = rowsBefore;
  const one = (row: object): string => {
    const text = jsonOf(row, forTerminal, INDENT).replaceAll('\n', '\n  ');
    rows += 1;
    return `${rows === 1 ? '[' : ','}\n  ${text}`;
  };
  return {
    page: (page) => page.map(one).join(''),
    end: () => (rows === 0 ? '[]\n' : '\n]\n'),
    state: () => ({ rows }),
  };
}

/** One JSON object on each line. */
export function ndjsonFormat(rowsBefore: number, forTerminal: boolean): RowFormat {
  let rows = rowsBefore;
  return {
    page(page) {
      rows += page.length;
      return page.map((row) => `${jsonOf(row, forTerminal)}\n`).join('');
    },
    end: () => '',
    state: () => ({ rows }),
  };
}

function jsonOf(row: object, forTerminal: boolean, indent?: number): string {
  const json = JSON.stringify(row, null, indent);
  return forTerminal ? printableJson(json) : json;
}
