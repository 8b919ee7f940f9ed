import type { Translate } from './words/translate.ts';

export type ProgressWords = [name: string, words: string][];

const byLanguage = new WeakMap<Translate, ProgressWords>();

/** Sentences for the script that follows an export: it fills in what stands in braces. */
export function progressWords(t: Translate): ProgressWords {
  const words = byLanguage.get(t) ?? putTogether(t);
  byLanguage.set(t, words);
  return words;
}

/** The same on every page of a language, so it is done once. */
function putTogether(t: Translate): ProgressWords {
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
