import type { LedgerEntry } from '../state/index.ts';

/** One thing that happened in a story; `reason` where it was refused. */
export interface Step {
  readonly time: string;
  readonly words: string;
  readonly reason: string | undefined;
}

/** A sign-in, or what an app asked without one, from its first request to its last. */
export interface Story {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly isRefused: boolean;
}

interface Open {
  readonly title: string;
  readonly steps: Step[];
}

/** The ledger as stories, the latest first: an authorization request, the choices made, and what its code brought. */
export function storiesOf(entries: readonly LedgerEntry[]): readonly Story[] {
  const stories: Open[] = [];
  const known = new Map<string, Open>();
  for (const entry of entries) {
    const names = namesOf(entry);
    const story =
      names.map((name) => known.get(name)).find((one) => one !== undefined) ?? opened(entry, stories);
    for (const name of names) known.set(name, story);
    story.steps.push({ time: entry.time, words: wordsOf(entry), reason: reasonOf(entry) });
  }
  return stories.map(closed).reverse();
}

function opened(entry: LedgerEntry, stories: Open[]): Open {
  const story = { title: titleOf(entry), steps: [] };
  stories.push(story);
  return story;
}

/** What a request has in common with others of its story: its sign-in, and the code that came or was redeemed. */
function namesOf(entry: LedgerEntry): readonly string[] {
  const codes = [entry.code, entry.body.code].filter((one) => one !== undefined);
  return [...(isSignIn(entry) ? [`sign-in ${signInOf(entry)}`] : []), ...codes.map((one) => `code ${one}`)];
}

function isSignIn({ path }: LedgerEntry): boolean {
  return /\/authorize(\/continue)?$/.test(path);
}

function closed({ title, steps }: Open): Story {
  return { title, steps, isRefused: steps.some((one) => one.reason !== undefined) };
}

/** The requests of one sign-in carry the same state, nonce and challenge. */
function signInOf({ query, body }: LedgerEntry): string {
  const fields = { ...body, ...query };
  return ['client_id', 'redirect_uri', 'state', 'nonce', 'code_challenge']
    .map((name) => fields[name])
    .join('\n');
}

function titleOf(entry: LedgerEntry): string {
  const client = entry.query.client_id ?? entry.body.client_id;
  const who = client === undefined ? '' : `, app ${client}`;
  if (isSignIn(entry)) return `A sign-in${who}`;
  if (/\/token$/.test(entry.path)) return `Tokens without a sign-in${who}`;
  return `${entry.method} ${entry.path}${who}`;
}

const GRANTS: Readonly<Record<string, string>> = {
  authorization_code: 'The app redeemed the code',
  refresh_token: 'The app renewed its tokens',
  client_credentials: 'The app asked as itself',
  password: 'The app sent a username and a password',
  'urn:ietf:params:oauth:grant-type:device_code': 'The device asked whether it is let in',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'The app asked on behalf of its caller',
};

function wordsOf(entry: LedgerEntry): string {
  const { path, body, query } = entry;
  if (/\/authorize\/continue$/.test(path)) return choiceOf(entry);
  if (/\/authorize$/.test(path)) {
    const scope = query.scope ?? body.scope;
    return `The app sent a browser to the sign-in${scope === undefined ? '' : `, for ${scope}`}${resultOf(entry)}`;
  }
  if (/\/token$/.test(path))
    return `${GRANTS[body.grant_type ?? ''] ?? 'The app asked for tokens'}${resultOf(entry)}`;
  return `${entry.method} ${path}${resultOf(entry)}`;
}

function choiceOf(entry: LedgerEntry): string {
  const { account = 'Nobody', decision } = entry.body;
  const choice = decision === undefined ? 'was chosen' : `chose “${decision}”`;
  return `${account} ${choice}${resultOf(entry)}`;
}

function resultOf({ status, code, reason }: LedgerEntry): string {
  if (reason !== undefined) return '';
  if (code !== undefined) return ': back to the app with a code';
  return status === 0 ? ': not answered' : ` (${status})`;
}

/** Why it was refused, or what came in place of a reason. */
function reasonOf({ status, reason }: LedgerEntry): string | undefined {
  return reason ?? (status >= 400 ? `Answered with ${status}.` : undefined);
}
