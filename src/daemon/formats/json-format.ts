import type { RowFormat } from './row-format.ts';

const INDENT = 2;

/** One JSON array, indented by two: the same text as `JSON.stringify` makes of all rows, but piece by piece. */
export function jsonFormat(rowsBefore: number): RowFormat {
  let rows = rowsBefore;
  const one = (row: object): string => {
    const text = JSON.stringify(row, null, INDENT).replaceAll('\n', '\n  ');
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
export function ndjsonFormat(rowsBefore: number): RowFormat {
  let rows = rowsBefore;
  return {
    page(page) {
      rows += page.length;
      return page.map((row) => `${JSON.stringify(row)}\n`).join('');
    },
    end: () => '',
    state: () => ({ rows }),
  };
}
