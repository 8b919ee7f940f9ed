import type { Translate } from '../words/index.ts';

/** Each as `data-` and a name in the page. */
type ProgressWords = [name: string, words: string][];

const SENTENCES = [
  'export.preparing',
  'export.some',
  'export.of',
  'export.waiting',
  'export.complete',
  'export.restComplete',
  'export.incomplete',
  'export.cancelled',
  'export.none',
  'export.part',
  'export.partOf',
  'export.unknown',
] as const;
const VALUES = ['number', 'total', 'rate', 'duration', 'amount', 'first', 'last'] as const;

/** Sentences for the script that follows an export: it fills in what stands in braces. */
export function progressWords(t: Translate): ProgressWords {
  const values = Object.fromEntries(VALUES.map((name) => [name, `{${name}}`]));
  return SENTENCES.map((key) => [attributeOf(key), t(key, values)]);
}

/** As `dataset` names it: `partOf` is `data-part-of`. */
function attributeOf(key: string): string {
  return key.slice('export.'.length).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
