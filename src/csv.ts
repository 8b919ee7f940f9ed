import Papa from 'papaparse';

/** How lines of a file are written. */
export interface CsvForm {
  lineEnd: '\r\n' | '\n';
  /** Between cells. A comma (RFC 4180) where absent; where decimals have a comma, Excel separates by semicolons. */
  separator?: ',' | ';' | undefined;
}

/** What begins a formula for a spreadsheet, in the wide, small, raised and lowered forms too (Unicode: NFKC). */
const FORMULA = '=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−';
/** A whole cell that a spreadsheet would run, or whose beginning it would leave out first. */
const RUNS = new RegExp(`^(?:[\\t\\r\\n\\0]|[\\s\\p{C}\\p{Z}"']*[${FORMULA}])`, 'u');
/** What separates cells or lines for a program that was told of another separator than the file has. */
const SEPARATES = /[,;|\p{Cc}\p{Zl}\p{Zp}]/u;
/** Runs of what may stand between cells, and of the rest. */
const RUNS_BETWEEN = /[,;|\s\p{C}\p{Z}"']+|[^,;|\s\p{C}\p{Z}"']+/gu;
const BEGINS_FORMULA = new RegExp(`^[${FORMULA}]`, 'u');

/**
 * Lines of text that somebody else wrote, each with its end. Every cell stands in quotation marks, and an apostrophe
 * stands before whatever a spreadsheet would run, also where it would cut the text at commas, semicolons, tabs or ends
 * of lines in spite of them.
 */
export function csvLines(records: readonly (readonly string[])[], form: CsvForm): string {
  const harmless = records.map((cells) => cells.map(withoutFormulas));
  return written(harmless, form, (cell) => cell !== '');
}

/** One line of words of our own, with its end; in quotation marks stands only what needs them. */
export function csvLine(cells: readonly string[], form: CsvForm): string {
  return written([cells.map(withoutFormulas)], form, false);
}

function written(
  records: string[][],
  { lineEnd, separator = ',' }: CsvForm,
  quotes: false | ((cell: string) => boolean),
): string {
  if (records.length === 0) return '';
  return Papa.unparse(records, { delimiter: separator, newline: lineEnd, quotes }) + lineEnd;
}

function withoutFormulas(cell: string): string {
  const inside = SEPARATES.test(cell) ? withoutFormulasInside(cell) : cell;
  return RUNS.test(cell) ? `'${inside}` : inside;
}

/** One run after the other, so that a text of separators alone takes no longer. */
function withoutFormulasInside(cell: string): string {
  const runs = cell.match(RUNS_BETWEEN) ?? [];
  return runs
    .map((run, index) => {
      const before = index === 0 ? '' : (runs[index - 1] ?? '');
      return SEPARATES.test(before) && BEGINS_FORMULA.test(run) ? `'${run}` : run;
    })
    .join('');
}
