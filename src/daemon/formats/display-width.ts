/** Scripts whose characters take two columns of a terminal (Unicode Standard Annex 11), and pictures. */
const WIDE =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|.\ufe0f)/u;
/** Katakana and Hangul in half the width. */
const HALF_WIDTH = /^[\uff61-\uffdc]/u;
/** Marks that stand on the character before. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** What a terminal obeys instead of showing: control characters, and those that turn the direction of a text. */
const COMMANDS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const ELLIPSIS = '…';

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of characters.segment(text)) width += characterWidth(segment);
  return width;
}

/** A wide character and a picture take two columns with all that is joined to them; else each code point counts. */
function characterWidth(character: string): number {
  if (WIDE.test(character) && !HALF_WIDTH.test(character)) return 2;
  return [...character].filter((codePoint) => !NO_WIDTH.test(codePoint)).length;
}

/** A text without anything that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(COMMANDS, '\ufffd');
}

/** A text in exactly so many columns: filled up with spaces, or cut with an ellipsis. */
export function fitTo(text: string, columns: number): string {
  const width = displayWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let kept = '';
  let used = 0;
  for (const { segment } of characters.segment(text)) {
    const next = characterWidth(segment);
    if (used + next > columns - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}${ELLIPSIS}${' '.repeat(columns - 1 - used)}`;
}
