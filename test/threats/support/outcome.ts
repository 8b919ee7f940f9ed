import type { ErrorCode } from '../../../src/errors.ts';
import { enFailures } from '../../../src/failures/en/failures.ts';
import { enTopics } from '../../../src/failures/en/topics.ts';
import type { TopicName } from '../../../src/failures/index.ts';
import { type Browser, createBrowser, type Page } from '../../support/browser.ts';
import { newlyKept, receivedSince } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import type { World } from '../../support/world.ts';

/** Where a page of a person sends a visitor: the demo says its own address in front. */
export const TO_SIGN_IN = /^\/login\?|\/oauth2\/v2\.0\/authorize\?/;
export const ADELE = 'adele.vance@contoso.example';
export const NIA = 'nia.okafor@contoso.example';

/** What a person saw of an attempt, and what happened behind it since the emulator was at its start. */
export interface Outcome {
  status: number;
  /** Whether the page says what happened in the words of this code, or of this entry of the dictionary of codes. */
  says: ErrorCode | TopicName | 'other words';
  leadsOn: boolean;
  showsInternals: boolean;
  /** The username that the home page shows afterwards. */
  signedInAs: string | undefined;
  tokenRequests: number;
  graphCalls: number;
  /** Sessions that the store keeps since the test began. */
  kept: number;
  /** Reasons in the log lines of this request: one line each. */
  logged: unknown[];
  leaks: string[];
}

/** Looks at everything that an attempt left. */
export async function outcomeOf(
  world: World,
  browser: Browser,
  page: Page,
  secrets: readonly string[] = [],
): Promise<Outcome> {
  const logged = await logLinesOf(world, page);
  const home = await browser.visit(`${world.url}/`);
  return {
    status: page.status,
    says: saidCode(page),
    leadsOn: /href="\/(login\?[^"]*)?"/.test(page.html),
    showsInternals: showsInternals(page),
    signedInAs: world.emulator.accounts.find(({ username }) => home.text.includes(username))?.username,
    tokenRequests: tokenRequests(world),
    graphCalls: graphCalls(world),
    kept: await newlyKept(world),
    logged: logged.map(({ reason }) => reason),
    leaks: leaksOf(`${JSON.stringify(world.log)}${page.html}${JSON.stringify(page.headers)}`, secrets),
  };
}

/** The outcome of a refused sign-in that was nobody's before, and after which nothing is kept. */
export function refusal(status: number, code: ErrorCode, tokens = 1): Outcome {
  return {
    status,
    says: code,
    leadsOn: true,
    showsInternals: false,
    signedInAs: undefined,
    tokenRequests: tokens,
    graphCalls: 0,
    kept: 0,
    logged: [code],
    leaks: [],
  };
}

export function tokenRequests(world: World): number {
  return receivedSince(world, '/oauth2/v2.0/token').length;
}

export function graphCalls(world: World): number {
  return receivedSince(world, '/v1.0/').length;
}

/** The lines that the app logged for the request of this page. */
export async function logLinesOf(world: World, page: Page): Promise<World['log']> {
  const id = page.headers['x-correlation-id'];
  const lines = () => world.log.filter((line) => JSON.stringify(line).includes(String(id)));
  await until(() => lines().length > 0);
  return lines();
}

function saidCode(page: Page): Outcome['says'] {
  const codes = Object.keys(enFailures) as ErrorCode[];
  const topics = Object.keys(enTopics) as TopicName[];
  return (
    codes.find((code) => page.text.includes(enFailures[code].heading)) ??
    topics.find((topic) => page.text.includes(enTopics[topic].heading)) ??
    'other words'
  );
}

/** A stack, a path of this machine, or a word of a library; a cursor is random letters, which may spell one. */
export function showsInternals(page: Page): boolean {
  const html = page.html.replaceAll(/cursor=[\w%.-]+/g, '');
  return /\bat \S+ \(|node_modules|node:internal|\/src\/|\/dist\/|\.[jt]s:\d|axios|msal/i.test(html);
}

export function leaksOf(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => secret.length > 8 && text.includes(secret));
}

/** Browsers that the emulator knows already, by world and account, so that a test need not press buttons. */
const known = new WeakMap<object, Map<string, Promise<Browser>>>();

/** Where people sign in: the app, in whatever process, and its emulator. */
export type Place = Pick<World, 'url' | 'emulator'>;

/** A browser whose person the emulator knows and has the consent of; the app knows nothing of it. */
export async function knownBrowser(world: Place, username = ADELE): Promise<Browser> {
  const ofWorld = known.get(world) ?? new Map<string, Promise<Browser>>();
  known.set(world, ofWorld);
  const first = ofWorld.get(username) ?? introduce(world, username);
  ofWorld.set(username, first);
  return (await first).copy();
}

async function introduce(world: Place, username: string): Promise<Browser> {
  const browser = createBrowser();
  const authorization = await browser.visit(`${world.url}/login`, { redirects: 0 });
  const stranger = createBrowser();
  const picker = await stranger.visit(authorization.headers.location ?? '');
  await stranger.pressUntilSentAway(picker, [username], ['accept']);
  return stranger;
}

/** A sign-in that has come back: where the emulator sends the browser, not yet followed. */
export async function callbackOf(browser: Browser, world: Place, path = '/login'): Promise<string> {
  let page = await browser.visit(path.startsWith('/') ? `${world.url}${path}` : path, { redirects: 0 });
  for (let hops = 0; hops < 3 && !page.url.startsWith(world.emulator.baseUrl); hops += 1) {
    const { location } = page.headers;
    if (location === undefined) throw new Error(`no redirect: ${page.status} ${page.text.slice(0, 200)}`);
    const { href } = new URL(location, page.url);
    page = await browser.visit(href, { redirects: 0 });
  }
  if (page.headers.location === undefined) throw new Error(`no answer: ${page.text.slice(0, 200)}`);
  return page.headers.location;
}

/** The secret values of a callback. */
export function secretsOf(callback: string): string[] {
  const { searchParams } = new URL(callback);
  return ['code', 'state'].flatMap((name) => searchParams.get(name) ?? []);
}

export interface Attempt {
  browser: Browser;
  page: Page;
  secrets: string[];
}

/** A sign-in up to its last page, redirects of which are not followed. */
export async function attemptSignIn(world: Place, username = ADELE): Promise<Attempt> {
  const browser = await knownBrowser(world, username);
  const callback = await callbackOf(browser, world);
  const page = await browser.visit(callback, { redirects: 0 });
  return { browser, page, secrets: secretsOf(callback) };
}

/** A browser that is signed in to the app. */
export async function signedIn(world: Place, username = ADELE): Promise<Browser> {
  const { browser, page } = await attemptSignIn(world, username);
  if (page.status !== 302) throw new Error(`the sign-in failed: ${page.text.slice(0, 200)}`);
  return browser;
}
