import { durationText, type Moment, momentOf } from './formats.ts';
import type { Language } from './language.ts';
import { localHref, loginHref, webHref } from './links.ts';
import type { FailurePage, Frame } from './page-models.ts';
import { type Remedy, remedyOf, topicOf } from './words/remedies.ts';
import type { Action } from './words/topics.ts';
import type { Translate } from './words/translate.ts';

/** Something to do at the end of a page: a link, or a form that posts. */
export interface ActionView {
  label: string;
  method: 'get' | 'post';
  href: string;
}

/** A name with its value, in a list. */
export interface Fact {
  name: string;
  value: string;
}

/** A failure as its template shows it: only finished texts and safe addresses. */
export interface FailureView {
  heading: string;
  what: string;
  who: string | undefined;
  /** Absent where the wait says it all. */
  next: string | undefined;
  wait: string | undefined;
  actions: ActionView[];
  adminConsentHref: string | undefined;
  /** Lines for whoever has to be asked; absent where the person can help themselves. */
  message: string | undefined;
  facts: Fact[];
  time: Moment | undefined;
  /** Facts and time as lines, to copy. */
  details: string;
}

/** Words, buttons and technical details for a failure. */
export function failureView(language: Language, t: Translate, frame: Frame, model: FailurePage): FailureView {
  const topic = topicOf(model.code, model.upstreamCode);
  const words = topic === undefined ? `failures.${model.code}` : `topics.${topic}`;
  const remedy = remedyOf(model.code, topic);
  const time = momentOf(language, model.time);
  const facts = factsOf(t, model);
  const details = detailsOf(t, facts, time);
  const what = t(`${words}.what`);
  const next = t(`${words}.next`);
  const wait = waitOf(language, t, model.retryAfterSeconds);
  const adminConsentHref = webHref(model.adminConsentUrl);
  return {
    heading: t(`failures.${model.code}.heading`),
    what,
    who: remedy.who === 'you' ? undefined : t(`who.${remedy.who}`),
    next: wait !== undefined && remedy.who === 'time' ? undefined : next,
    wait,
    actions: actionsOf(t, remedy.actions, frame, model),
    adminConsentHref,
    message: needsHelp(remedy, adminConsentHref)
      ? messageOf(t, { what, next, remedy, adminConsentHref, details })
      : undefined,
    facts,
    time,
    details,
  };
}

function waitOf(language: Language, t: Translate, seconds: number | undefined): string | undefined {
  if (seconds === undefined || !Number.isFinite(seconds)) return undefined;
  return t('failure.wait', { duration: durationText(language, seconds) });
}

function actionsOf(
  t: Translate,
  actions: readonly Action[],
  { person }: Frame,
  { code, returnTo }: FailurePage,
): ActionView[] {
  const back = localHref(returnTo);
  const signingIn = person === undefined && !code.startsWith('graph_');
  const href: Readonly<Record<Action, string>> = {
    signInAgain: loginHref(back),
    tryAgain: signingIn ? loginHref(back) : back,
    otherAccount: loginHref(back, 'select_account'),
    signOut: '/logout',
    people: '/graphcall',
    home: '/',
    staySignedIn: '/',
  };
  return actions
    .filter((action) => action !== 'signOut' || person !== undefined)
    .map((action) => ({
      label: t(`actions.${action}`),
      method: action === 'signOut' ? 'post' : 'get',
      href: href[action],
    }));
}

function factsOf(t: Translate, model: FailurePage): Fact[] {
  const facts: [string, string | undefined][] = [
    ['failure.upstreamCode', model.upstreamCode],
    ['failure.code', model.code],
    ['failure.correlationId', model.correlationId],
    ['failure.upstreamCorrelationId', model.upstreamCorrelationId],
  ];
  return facts.flatMap(([key, value]) => (value === undefined ? [] : [{ name: t(key), value }]));
}

function detailsOf(t: Translate, facts: readonly Fact[], time: Moment | undefined): string {
  const lines = facts.map(({ name, value }) => `${name}: ${value}`);
  return [...lines, ...(time === undefined ? [] : [`${t('failure.time')}: ${time.iso}`])].join('\n');
}

function needsHelp({ who }: Remedy, adminConsentHref: string | undefined): boolean {
  return adminConsentHref !== undefined || who === 'administrator' || who === 'developer';
}

function messageOf(
  t: Translate,
  known: {
    what: string;
    next: string;
    remedy: Remedy;
    adminConsentHref: string | undefined;
    details: string;
  },
): string {
  const { who, place } = known.remedy;
  return [
    `${t('ask.intro', { app: t('app.name') })} ${known.what}`,
    // To anybody else, what to do next is said to the person in front of the page.
    ...(who === 'developer' ? [known.next] : []),
    ...(place === undefined ? [] : [t('ask.place', { place: t(`places.${place}`) })]),
    ...(known.adminConsentHref === undefined ? [] : [`${t('ask.consent')} ${known.adminConsentHref}`]),
    '',
    known.details,
  ].join('\n');
}
