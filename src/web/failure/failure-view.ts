import type { Language } from '../../failures/index.ts';
import {
  type Action,
  failureText,
  needsRedirectUri,
  type Remedy,
  remedyOf,
  TOPICS,
  type TopicName,
  topicOf,
} from '../../failures/index.ts';
import type { Failure } from '../../library/sign-in.ts';
import {
  durationText,
  type Frame,
  localHref,
  loginHref,
  type Moment,
  momentOf,
  PATHS,
  webHref,
} from '../layout/index.ts';
import type { Translate } from '../words/index.ts';
import { askView } from './ask-view.ts';

type Known = Pick<Failure, 'code' | 'correlationId' | 'returnTo'>;
type KnownAtTimes = Pick<
  Failure,
  'upstreamCode' | 'upstreamCorrelationId' | 'retryAfterSeconds' | 'adminConsentUrl'
>;

/** What went wrong. The words come from the code; the rest helps the person who has to be asked. */
export interface FailurePage extends Known, Partial<KnownAtTimes> {
  time: Date;
  /** The app's own, for the person who has to register it. */
  redirectUri: string;
}

/** Something to do at the end of a page: a link, or a form that posts. */
interface ActionView {
  label: string;
  method: 'get' | 'post';
  href: string;
  isPrimary: boolean;
  /** Leads to another host. */
  isOutside: boolean;
}

/** A name with its value, in a list. */
interface Fact {
  name: string;
  value: string;
}

/** Nobody looks at a page for longer. */
const MOST_SECONDS_WAITED = 600;

/** Words, buttons and technical details for a failure. */
export function failureView(language: Language, t: Translate, frame: Frame, model: FailurePage) {
  const topic = topicOf(model.code, model.upstreamCode);
  const remedy = remedyOf(model.code, topic);
  const time = momentOf(language, model.time);
  const facts = factsOf(t, model);
  const details = detailsOf(t, facts, time);
  const { heading, what, next: known } = failureText(language, model.code, model);
  const next = nextOf(language, t, { topic, known }, model);
  const wait = waitOf(language, t, model.retryAfterSeconds);
  const adminConsentHref = webHref(model.adminConsentUrl);
  const ask = askView(t, { what, next, remedy, adminConsentHref, details });
  const actions = actionsOf(t, remedy.actions, frame, { ...model, adminConsentHref });
  return {
    heading,
    what,
    who: remedy.who === 'you' ? undefined : t(`who.${remedy.who}`),
    // the wait says it all
    next: wait !== undefined && remedy.who === 'time' ? undefined : next,
    wait,
    ...goingOn(t, remedy, actions, model),
    tone: remedy.who === 'time' ? 'wait' : ask?.isNextStep === true ? 'ask' : 'error',
    redirectUri: needsRedirectUri(remedy) ? model.redirectUri : undefined,
    ask,
    actions,
    facts,
    time,
    details,
  };
}

/** An administrator who was giving permission goes on with that: to sign in to the app is no help to them. */
function nextOf(
  language: Language,
  t: Translate,
  { topic, known }: { topic: TopicName | undefined; known: string },
  { code, redirectUri }: FailurePage,
): string {
  if (topic === undefined || code !== 'admin_consent_failed') return known;
  const { who, actions } = TOPICS[topic];
  const isNoHelp = who === 'time' || actions.includes('signInAgain');
  return isNoHelp ? failureText(language, code, { redirectUri }).next : `${known} ${t('consent.again')}`;
}

/** What only takes time is tried again by the page itself, when so many seconds have passed. */
function goingOn(
  t: Translate,
  { who }: Remedy,
  [first]: readonly ActionView[],
  { retryAfterSeconds: seconds = 0 }: FailurePage,
) {
  const isPossible =
    who === 'time' && seconds > 0 && seconds <= MOST_SECONDS_WAITED && first?.method === 'get';
  return {
    goesOnHref: isPossible ? first.href : undefined,
    seconds,
    waitWords: t('failure.goesOn', { duration: '{duration}' }),
  };
}

function waitOf(language: Language, t: Translate, seconds: number | undefined): string | undefined {
  if (seconds === undefined || !Number.isFinite(seconds)) return undefined;
  return t('failure.wait', { duration: durationText(language, seconds) });
}

/** The first action is the one to take, and looks so; one that is not possible here is left out. */
function actionsOf(
  t: Translate,
  actions: readonly Action[],
  { person }: Frame,
  { code, returnTo, adminConsentHref }: FailurePage & { adminConsentHref: string | undefined },
): ActionView[] {
  const back = localHref(returnTo);
  const signingIn = person === undefined && !code.startsWith('graph_');
  const hrefs: Readonly<Record<Action, string | undefined>> = {
    // A part of the page of its own.
    copyMessage: undefined,
    giveConsent: adminConsentHref,
    goBack: back,
    signInAgain: loginHref(back),
    tryAgain: signingIn ? loginHref(back) : back,
    otherAccount: loginHref(back, 'select_account'),
    signOut: person === undefined ? undefined : PATHS.logout,
    people: PATHS.people,
    home: PATHS.home,
    staySignedIn: PATHS.home,
  };
  const possible = actions.flatMap((action) => {
    const href = hrefs[action];
    return href === undefined ? [] : [{ action, href }];
  });
  return possible.map(({ action, href }, index) => ({
    label: t(`actions.${action}`),
    method: action === 'signOut' ? 'post' : 'get',
    href,
    isPrimary: index === 0 && actions[0] !== 'copyMessage',
    isOutside: action === 'giveConsent',
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
