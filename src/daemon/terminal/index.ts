export { displayWidth, fitTo } from './display-width.ts';
export { printable, printableJson, printableLines } from './printable.ts';
