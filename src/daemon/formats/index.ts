export { createFormat, FORMATS, type FormatName } from './formats.ts';
export type { FormatState, RowFormat } from './row-format.ts';
