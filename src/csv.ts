import Papa from 'papaparse';

/** What begins a formula for a spreadsheet, in full-width form too. */
const BEGINS_FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * Records as comma-separated values (RFC 4180), each with its line's end. A cell that a spreadsheet would run as a
 * formula begins with an apostrophe.
 */
export function csvLines(records: readonly (readonly string[])[], lineEnd: '\r\n' | '\n'): string {
  if (records.length === 0) return '';
  return Papa.unparse([...records], { escapeFormulae: BEGINS_FORMULA, newline: lineEnd }) + lineEnd;
}
