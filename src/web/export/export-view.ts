import type { Language } from '../../failures/index.ts';
import {
  durationText,
  localHref,
  numberText,
  type PageWords,
  percentText,
  queryOf,
} from '../layout/index.ts';
import type { Translate } from '../words/index.ts';
import { type ExportAddress, exportPageUrl, filesOf } from './export-links.ts';
import type { ExportProgress } from './export-progress.ts';

export interface ExportPage extends ExportAddress {
  /** Absent: it has not begun. */
  progress?: ExportProgress;
}

/** Without scripts, the page of an export renews itself so often until it has ended. */
const RENEW_SECONDS = 3;

/** The page of an export: how to begin it, how far it is, and what can be done at its end. */
export function exportView(words: PageWords, { progress, ...page }: ExportPage) {
  const { language, t } = words;
  const { listUrl, isStill } = page;
  const parameters = new URLSearchParams(page.query);
  const here = exportPageUrl(page);
  const follow = parameters.get('follow') ?? '';
  const hasEnded = progress?.ended !== undefined;
  return {
    heading: t('export.pageHeading'),
    files: filesOf(words, parameters),
    follow,
    here,
    hasBegun: progress !== undefined,
    hasEnded,
    sentence: progress === undefined ? '' : sentenceOf(language, t, progress),
    look: lookOf(progress),
    bar: barOf(language, progress),
    cancelHref: `/graphcall/export/cancel?${new URLSearchParams({ follow, returnTo: here })}`,
    againHref: exportPageUrl({ ...page, query: withoutName(parameters) }),
    restHref: hasEnded ? restHref(progress, page) : undefined,
    listHref: localHref(listUrl),
    renewSeconds: hasEnded || isStill ? undefined : RENEW_SECONDS,
    renews: isStill ? t('export.still') : t('export.renews', { number: numberText(language, RENEW_SECONDS) }),
    otherwise: t(isStill ? 'export.renewAgain' : 'export.stopRenewing'),
    otherwiseHref: exportPageUrl({ ...page, isStill: !isStill }),
  };
}

/** The icon of its tile: under way, waiting or broken off, whole. */
function lookOf({ waitingMs, ended }: Pick<ExportProgress, 'waitingMs' | 'ended'> = {}) {
  if (ended === 'complete') return 'done';
  return ended === undefined && waitingMs === undefined ? 'file' : 'wait';
}

function barOf(language: Language, progress: ExportProgress | undefined) {
  if (progress?.total === undefined || progress.ended !== undefined) return undefined;
  const { total: max, before = 0, count } = progress;
  const value = before + count;
  return { max, value, percent: max === 0 ? '' : percentText(language, value / max) };
}

/** Another export of the same people goes by another name. */
function withoutName(parameters: URLSearchParams): string {
  const others = [...parameters].filter(([name]) => name !== 'follow');
  return new URLSearchParams(others).toString();
}

/** The rest has a page of its own, too. */
function restHref({ resumeUrl, ended }: ExportProgress, page: ExportAddress): string | undefined {
  return resumeUrl === undefined || ended === 'complete'
    ? undefined
    : exportPageUrl({ ...page, query: queryOf(resumeUrl).slice(1) });
}

/** The same sentences that the script makes. */
function sentenceOf(language: Language, t: Translate, progress: ExportProgress): string {
  const { count, total, before = 0, passedMs = 0, waitingMs, ended } = progress;
  const sum = before + count;
  const number = numberText(language, sum);
  if (ended !== undefined) return endSentence(language, t, { ...progress, ended });
  if (waitingMs !== undefined)
    return t('export.waiting', { number, duration: durationText(language, waitingMs / 1_000) });
  if (count === 0) return t('export.preparing');
  if (total === undefined || passedMs === 0) return t('export.some', { number });
  const perSecond = count / (passedMs / 1_000);
  return t('export.of', {
    number,
    total: numberText(language, total),
    rate: numberText(language, Math.round(perSecond)),
    duration: durationText(language, (total - sum) / perSecond),
  });
}

/** How it ended, and which people are in this file where another one has those before. */
function endSentence(
  language: Language,
  t: Translate,
  { count, total, before = 0, ended }: ExportProgress & { ended: string },
): string {
  if (count === 0 && ended !== 'complete') return t('export.none');
  const number = numberText(language, before + count);
  const amount =
    total === undefined ? number : t('export.partOf', { number, total: numberText(language, total) });
  if (before === 0) return t(`export.${ended}`, { number, amount });
  const said = ended === 'complete' ? t('export.restComplete') : t(`export.${ended}`, { amount });
  return `${said} ${t('export.part', { first: numberText(language, before + 1), last: number })}`;
}
