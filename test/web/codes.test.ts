import { beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { enFailures } from '../../src/failures/en/failures.ts';
import { enTopics } from '../../src/failures/en/topics.ts';
import { type Action, TOPICS, topicOfCode } from '../../src/failures/index.ts';
import { KNOWN_CODES } from '../../src/failures/topics.ts';
import { en } from '../../src/web/words/en/pages.ts';
import type { Browser, Page } from '../support/browser.ts';
import { beginAnew, fault, useWorld } from '../support/stage.ts';
import { attemptSignIn, callbackOf, knownBrowser, signedIn } from '../threats/support/outcome.ts';

const world = useWorld();
const PLATFORM_CODES = KNOWN_CODES.filter((code) => code.startsWith('AADSTS'));
const numberOf = (code: string) => Number(code.replace('AADSTS', ''));

/** What a page is headed, says, and wants to be pressed first. */
function seen({ html }: Page) {
  const $ = load(html);
  return {
    heading: $('h1').text(),
    what: $('main .lead').text(),
    first: $('main .primary').first().text(),
  };
}

/** The same as the dictionary has it; an action that is not possible where somebody is gives way to the next. */
function known(code: string, impossible: readonly Action[] = []) {
  const topic = topicOfCode(code);
  if (topic === undefined) throw new Error(`${code} is not in the dictionary`);
  const first = TOPICS[topic].actions.find((action) => !impossible.includes(action));
  const { heading, what } = enTopics[topic];
  return { heading, what, first: first === undefined ? '' : en.actions[first] };
}

describe('a code of the platform brings its heading, its words and its first action along', () => {
  test.each(PLATFORM_CODES)('%s from the token endpoint at a sign-in', async (code) => {
    fault(world(), { at: 'token', fault: { kind: 'aadsts', code: numberOf(code) } });
    const { page } = await attemptSignIn(world());
    expect(seen(page)).toEqual(known(code, ['signOut']));
  });

  let browser: Browser;
  beforeAll(async () => {
    browser = await knownBrowser(world());
  });
  const ERRORS = [
    'access_denied',
    'interaction_required',
    'invalid_request',
    'server_error',
    'invalid_scope',
  ];
  test.each(PLATFORM_CODES.map((code, index) => [code, ERRORS[index % ERRORS.length]]))(
    '%s from the authorization endpoint, as %s',
    async (code = '', error = '') => {
      const state = new URL(await callbackOf(browser, world())).searchParams.get('state');
      const query = new URLSearchParams({ error, error_description: `${code}: x`, state: String(state) });
      const page = await browser.visit(`${world().url}/getAToken?${query}`);
      expect(seen(page)).toEqual(known(code, ['signOut']));
    },
  );

  test.each(PLATFORM_CODES)('%s from the token endpoint while somebody is signed in', async (code) => {
    fault(world(), { at: 'token', fault: { kind: 'answer', set: { expires_in: 60 } } });
    const person = await signedIn(world());
    await beginAnew(world());
    const refused = { kind: 'aadsts', code: numberOf(code), error: 'invalid_client', suberror: 'none' };
    fault(world(), { at: 'token', times: 'always', fault: refused });
    const page = await person.visit(`${world().url}/graphcall`);
    expect(seen(page)).toEqual(known(code));
  });
});

describe('a refusal that no other sign-in would change', () => {
  test.each([
    ['53003', 'Your organisation blocked this sign-in'],
    ['53004', 'Setting up the second step was blocked'],
    ['50105', 'This app is not assigned to you'],
  ])('AADSTS%s does not ask to sign in again', async (code, heading) => {
    for (const error of ['interaction_required', 'invalid_grant']) {
      fault(world(), { at: 'token', fault: { kind: 'aadsts', code: Number(code), error } });
      const { page } = await attemptSignIn(world());
      expect(seen(page)).toMatchObject({ heading, first: en.actions.copyMessage });
    }
  });

  test('a code that nobody knows yet, of which the platform says that it is final', async () => {
    const settings = { code: 530099, error: 'interaction_required', suberror: 'message_only' };
    fault(world(), { at: 'token', fault: { kind: 'aadsts', ...settings } });
    const { page } = await attemptSignIn(world());
    expect([page.status, seen(page)]).toEqual([
      403,
      expect.objectContaining({
        heading: enFailures.sign_in_blocked.heading,
        first: en.actions.copyMessage,
      }),
    ]);
  });

  test('a code that nobody knows yet, and a person who can do something: asked to sign in again', async () => {
    const settings = { code: 530099, error: 'interaction_required', suberror: 'basic_action' };
    fault(world(), { at: 'token', fault: { kind: 'aadsts', ...settings } });
    const { page } = await attemptSignIn(world());
    expect(seen(page)).toMatchObject({
      heading: enFailures.interaction_required.heading,
      first: en.actions.signInAgain,
    });
  });

  test('access that was denied with a code that nobody knows is not called declined', async () => {
    const browser = await knownBrowser(world());
    const state = new URL(await callbackOf(browser, world())).searchParams.get('state');
    const query = `error=access_denied&error_description=AADSTS500213: x&state=${state}`;
    const page = await browser.visit(`${world().url}/getAToken?${query}`);
    expect([page.status, seen(page).heading]).toEqual([403, enFailures.sign_in_failed.heading]);
  });
});

describe('Graph', () => {
  const { graph_unavailable, graph_throttled, graph_forbidden, graph_not_found, no_directory } = enFailures;
  const { serviceDown, slowDown, questionRefused, questionUnsupported, pageExpired, noIdentity } = enTopics;

  test.each([
    [503, undefined, graph_unavailable],
    [503, 'serviceNotAvailable', serviceDown],
    [503, 'UnknownError', serviceDown],
    [503, 'ServiceUnavailable', graph_unavailable],
    [504, 'GatewayTimeout', graph_unavailable],
    [500, 'generalException', serviceDown],
    [502, undefined, graph_unavailable],
    [429, undefined, graph_throttled],
    [429, 'TooManyRequests', slowDown],
    [429, 'activityLimitReached', slowDown],
    [403, 'Authorization_RequestDenied', graph_forbidden],
    [403, 'accessDenied', graph_forbidden],
    [403, 'UnknownError', graph_forbidden],
    [403, 'generalException', graph_forbidden],
    [403, 'Authorization_IdentityNotFound', noIdentity],
    [404, 'Request_ResourceNotFound', graph_not_found],
    [404, 'UnknownError', graph_not_found],
    [404, 'BadRequest', graph_not_found],
    [400, 'Directory_ExpiredPageToken', pageExpired],
    [400, 'Request_UnsupportedQuery', questionUnsupported],
    [400, 'BadRequest', questionRefused],
  ])('%i %s is headed as what it is', async (status, code, { heading }) => {
    const body = code === undefined ? {} : { error: { code, message: 'x' } };
    fault(world(), {
      at: 'users',
      times: 'always',
      fault: { kind: 'status', status, body, headers: { 'Retry-After': '60' } },
    });
    const browser = await signedIn(world());
    expect(seen(await browser.visit(`${world().url}/graphcall`)).heading).toBe(heading);
  });

  test('400 about a personal account says that it has no directory', async () => {
    const error = { code: 'BadRequest', message: 'This API is not supported for MSA accounts' };
    fault(world(), { at: 'users', times: 'always', fault: { kind: 'status', status: 400, body: { error } } });
    const browser = await signedIn(world());
    expect(seen(await browser.visit(`${world().url}/graphcall`))).toMatchObject({
      heading: no_directory.heading,
      what: no_directory.what,
    });
  });
});
