import type { Translate } from '../words/index.ts';

/** Each as `data-` and a name in the page. */
type ProgressWords = [name: string, words: string][];

const SENTENCES = [
  'preparing',
  'some',
  'of',
  'waiting',
  'complete',
  'restComplete',
  'incomplete',
  'cancelled',
  'none',
  'part',
  'partOf',
  'unknown',
] as const;
const VALUES = ['number', 'total', 'rate', 'duration', 'amount', 'first', 'last'] as const;

/** Sentences for the script that follows an export: it fills in what stands in braces. */
export function progressWords(t: Translate): ProgressWords {
  const values = Object.fromEntries(VALUES.map((name) => [name, `{${name}}`]));
  return SENTENCES.map((name) => [attributeOf(name), t(`export.${name}`, values)]);
}

/** As `dataset` names it: `partOf` is `data-part-of`. */
function attributeOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
