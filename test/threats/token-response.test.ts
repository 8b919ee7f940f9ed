import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../src/errors.ts';
import type { TopicName } from '../../src/failures/index.ts';
import { fault, receivedSince, useWorld } from '../support/stage.ts';
import { openWorld } from '../support/world.ts';
import { type ForeignHost, openForeignHost } from './support/foreign-host.ts';
import { ADELE, attemptSignIn, outcomeOf, refusal } from './support/outcome.ts';

const world = useWorld();
let foreign: ForeignHost;
beforeAll(async () => {
  foreign = await openForeignHost();
});
afterAll(() => foreign.close());

const status = (code: number, body: unknown, headers = {}) => ({
  at: 'token',
  fault: { kind: 'status', status: code, body, headers },
});
const answer = (set: object, remove: string[] = []) => ({
  at: 'token',
  fault: { kind: 'answer', set, remove },
});
const TOKENS = { access_token: 'a.b.c', token_type: 'Bearer', expires_in: 3_600 };
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const UNUSABLE: readonly (readonly [string, object])[] = [
  ['500 and an empty object', status(500, {})],
  ['404 and an empty object', status(404, {})],
  ['200 and an empty object', status(200, {})],
  ['200 and a list', status(200, [])],
  ['200 and null', status(200, null)],
  ['200 and a text', status(200, '"x"')],
  ['200 and a number', status(200, 7)],
  ['200 and nothing', status(200, '')],
  ['201 and an empty object', status(201, {})],
  ['204', status(204, '')],
  ['502 and a page', status(502, '<html><h1>Bad gateway</h1></html>', { 'Content-Type': 'text/html' })],
  ['200 and a page', status(200, '<html></html>', { 'Content-Type': 'text/html' })],
  ['tokens with the status 400', status(400, TOKENS)],
  ['tokens with the status 500', status(500, TOKENS)],
  ['JSON cut in half', { at: 'token', fault: { kind: 'malformed-json' } }],
  ['JSON nested 100,000 deep', status(200, deep(100_000))],
  ['two objects', status(200, '{}{}')],
  ['tokens among 2 MiB of something else', answer({ padding: 'x'.repeat(2 * 1024 * 1024) })],
  ['an object under __proto__', status(200, `{"__proto__":${JSON.stringify(TOKENS)}}`)],
  ['an access token that is an object', answer({ access_token: { a: 1 } })],
  ['an access token that is empty', answer({ access_token: '' })],
  ['an access token that is missing', answer({}, ['access_token'])],
  ['an access token that is a list', answer({ access_token: ['a'] })],
  ['the token type mac', answer({ token_type: 'mac' })],
  ['no token type', answer({}, ['token_type'])],
  ['a lifetime that is a word', answer({ expires_in: 'abc' })],
  ['a lifetime beyond belief', answer({ expires_in: 1e15 })],
  ['a lifetime that is negative', answer({ expires_in: -1 })],
  ['a lifetime of nothing', answer({ expires_in: 0 })],
  ['a lifetime that is a list', answer({ expires_in: [3_600] })],
  ['no lifetime', answer({}, ['expires_in'])],
  ['an ID token that is an object', answer({ id_token: { sub: 'x' } })],
  ['a refresh token that is a number', answer({ refresh_token: 7 })],
  ['a scope that is a list', answer({ scope: ['User.ReadBasic.All'] })],
  ['client_info that is an object', answer({ client_info: { uid: 'x', utid: 'y' } })],
  ['tokens and an error', answer({ error: 'invalid_grant' })],
  ['an error that is an object', status(400, { error: { code: 'x' } })],
  ['an ID token of one part', answer({ id_token: 'junk' })],
  ['an ID token of empty parts', answer({ id_token: '..' })],
  ['an ID token of five parts', answer({ id_token: 'a.b.c.d.e' })],
  ['an ID token of junk', answer({ id_token: 'é.ü.ß' })],
  ['client_info that is no JSON', { at: 'token', fault: { kind: 'client-info', raw: 'bm90IGpzb24' } }],
  ['client_info that is null', { at: 'token', fault: { kind: 'client-info', raw: 'bnVsbA' } }],
];

describe('an answer of the token endpoint that is of no use signs nobody in', () => {
  test.each(UNUSABLE)('C20 %s', async (_name, wrong) => {
    fault(world(), wrong);
    const { browser, page, secrets } = await attemptSignIn(world());
    const outcome = await outcomeOf(world(), browser, page, secrets);
    const code = outcome.status === 400 ? 'id_token_refused' : 'token_answer_refused';
    expect(outcome).toEqual(refusal(code === 'id_token_refused' ? 400 : 502, code));
  });

  const REFUSALS: readonly (readonly [string, object, number, ErrorCode, ErrorCode | TopicName])[] = [
    ['invalid_grant', status(400, { error: 'invalid_grant' }), 400, 'sign_in_failed', 'sign_in_failed'],
    [
      'invalid_grant with a number',
      status(400, { error: 'invalid_grant', error_codes: [70000] }),
      400,
      'sign_in_failed',
      'signInTooOld',
    ],
    [
      'invalid_client with a number',
      status(401, { error: 'invalid_client', error_codes: [7000215] }),
      502,
      'client_refused',
      'secretWrong',
    ],
    [
      'an unknown error',
      status(400, { error: 'CANARY-ERROR-TEXT' }),
      400,
      'sign_in_failed',
      'sign_in_failed',
    ],
    ['an error with 200', status(200, { error: 'invalid_grant' }), 400, 'sign_in_failed', 'sign_in_failed'],
    [
      '429',
      status(429, { error: 'temporarily_unavailable' }, { 'Retry-After': '7' }),
      503,
      'authority_throttled',
      'authority_throttled',
    ],
    [
      '503',
      status(503, { error: 'temporarily_unavailable' }),
      503,
      'authority_unavailable',
      'authority_unavailable',
    ],
    ['500', status(500, { error: 'server_error' }), 503, 'authority_unavailable', 'authority_unavailable'],
  ];
  test.each(REFUSALS)('C20 the platform says no: %s', async (_name, wrong, expected, code, says) => {
    fault(world(), wrong);
    const { browser, page, secrets } = await attemptSignIn(world());
    const outcome = await outcomeOf(world(), browser, page, [...secrets, 'CANARY-ERROR-TEXT']);
    expect(outcome).toEqual({ ...refusal(expected, code), says });
  });

  test('C20 a text of the platform, with HTML and line breaks in it, reaches neither page nor log', async () => {
    const text = 'AADSTS70000: CANARY-PLATFORM-TEXT <script>alert(1)</script>\r\nSet-Cookie: a=b';
    const canary = 'CANARY-PLATFORM-TEXT';
    fault(
      world(),
      status(400, { error: 'invalid_grant', error_description: text, suberror: canary, trace_id: canary }),
    );
    const { browser, page, secrets } = await attemptSignIn(world());
    const outcome = await outcomeOf(world(), browser, page, [...secrets, canary]);
    expect(outcome).toEqual(refusal(400, 'sign_in_failed'));
    expect(page.html).not.toContain('<script>alert');
  });

  test('C20 one person’s failure keeps nobody else from signing in', async () => {
    fault(world(), status(503, { error: 'temporarily_unavailable' }, { 'Retry-After': '3600' }));
    expect((await attemptSignIn(world())).page.status).toBe(503);
    expect((await attemptSignIn(world(), 'nia.okafor@contoso.example')).page.status).toBe(302);
    expect((await attemptSignIn(world())).page.status).toBe(302);
  });

  test('C20 two failures of the same shape in a row are told apart from a success', async () => {
    fault(world(), { ...status(500, {}), times: 2 });
    expect((await attemptSignIn(world())).page.status).toBe(502);
    expect((await attemptSignIn(world())).page.status).toBe(502);
    expect((await attemptSignIn(world())).page.status).toBe(302);
  });
});

describe('what the app sends to the token endpoint', () => {
  test('C20 goes there as a form, with the verifier and the same redirect URI, and with nothing of the browser', async () => {
    const { browser } = await attemptSignIn(world());
    const [request] = receivedSince(world(), '/oauth2/v2.0/token');
    expect(request?.body).toMatchObject({
      grant_type: 'authorization_code',
      redirect_uri: `${world().url}/getAToken`,
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
      client_info: '1',
    });
    expect(request?.headers).not.toHaveProperty('cookie');
    expect(request?.headers).not.toHaveProperty('referer');
    expect((await browser.visit(`${world().url}/`)).text).toContain(ADELE);
  });
});

describe('a redirect of the platform is not followed', () => {
  test.each([301, 302, 303, 307, 308])('C21 %i of the token endpoint to another host', async (code) => {
    fault(world(), {
      at: 'token',
      fault: { kind: 'redirect', status: code, location: `${foreign.url}/token` },
    });
    const { browser, page, secrets } = await attemptSignIn(world());
    expect(await outcomeOf(world(), browser, page, secrets)).toEqual(refusal(502, 'token_answer_refused'));
    expect(foreign.requests).toEqual([]);
  });

  test('C21 307 of the token endpoint to itself', async () => {
    fault(world(), {
      at: 'token',
      fault: { kind: 'redirect', status: 307, location: '/common/oauth2/v2.0/token' },
    });
    const { browser, page, secrets } = await attemptSignIn(world());
    expect(await outcomeOf(world(), browser, page, secrets)).toEqual(refusal(502, 'token_answer_refused'));
  });

  test.each([301, 302, 307, 308])('C21 %i of the key set to another host', async (code) => {
    const fresh = await openWorld();
    fault(fresh, {
      at: 'keys',
      fault: { kind: 'redirect', status: code, location: `${foreign.url}/keys` },
    });
    const { browser, page } = await attemptSignIn(fresh);
    expect(await outcomeOf(fresh, browser, page)).toMatchObject({
      status: 502,
      signedInAs: undefined,
      kept: 0,
    });
    expect(foreign.requests).toEqual([]);
    await fresh.close();
  });
});
