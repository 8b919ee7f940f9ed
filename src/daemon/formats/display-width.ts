import displayWidth from 'string-width';

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const ELLIPSIS = '…';

/** Columns that a text takes on a terminal. */
export { displayWidth };

/** A text in exactly so many columns: filled up with spaces, or cut with an ellipsis. */
export function fitTo(text: string, columns: number): string {
  const width = displayWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let kept = '';
  let used = 0;
  for (const { segment } of characters.segment(text)) {
    const next = displayWidth(segment);
    if (used + next > columns - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}${ELLIPSIS}${' '.repeat(columns - 1 - used)}`;
}
