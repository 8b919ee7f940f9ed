import type { Translate } from '../words/index.ts';

/** Each as `data-` and a name in the page. */
type ProgressWords = [name: string, words: string][];

/** Sentences for the script that follows an export: it fills in what stands in braces. */
export function progressWords(t: Translate): ProgressWords {
  const values = { number: '{number}', total: '{total}', rate: '{rate}', duration: '{duration}' };
  return [
    ['begun', t('export.begun')],
    ['some', t('export.some', values)],
    ['of', t('export.of', values)],
    ['waiting', t('export.waiting', values)],
    ['complete', t('export.complete', values)],
    ['incomplete', t('export.incomplete', values)],
  ];
}
