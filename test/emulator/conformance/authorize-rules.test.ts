import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  claimsOf,
  codeFields,
  postToken,
  REDIRECT_URI,
  signIn,
} from '../stage.ts';
import { formAction, json, redirected, visitor } from '../visitor.ts';
import { GUID, JONAS, NIA, PRIYA, SAM, STRICT, strictStage } from './strict.ts';

// Each test names the row of the wire reference that it asserts, and that row's source.

let emulator: Emulator;
let strict: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
  strict = await strictStage();
});
beforeEach(() => {
  emulator.reset();
  strict.reset();
});
afterAll(async () => {
  await emulator.close();
  await strict.close();
});

describe('B1, B3. prompts and hints', () => {
  test('B1 [MC utils/Constants.ts]: prompt=no_session asks who, and keeps no session', async () => {
    const who = visitor();
    const back = await signIn(emulator, ADELE, { prompt: 'no_session' }, who);
    expect(redirected(back).get('code')).toBeTruthy();
    const silent = redirected(await who.get(authorizeUrl(emulator, { prompt: 'none' })));
    expect(silent.get('error')).toBe('login_required');
  });

  test('B3 [ED v2-protocols-oidc.md]: with prompt=select_account a login_hint does not count', async () => {
    const first = async (prompt?: string): Promise<string | undefined> => {
      const { text } = await visitor().get(authorizeUrl(emulator, { login_hint: SAM, prompt }));
      return /name="account" value="([^"]+)"/.exec(text)?.[1];
    };
    expect([await first(), await first('select_account')]).toEqual([SAM, ADELE]);
  });

  test.each([
    ['consumers', [SAM]],
    ['organizations', [ADELE, NIA, JONAS, PRIYA]],
    ['fabrikam.example', [PRIYA]],
  ])('B3 [ED v2-oauth2-auth-code-flow.md; MP docstring]: domain_hint=%s', async (hint, offered) => {
    const { text } = await visitor().get(authorizeUrl(emulator, { domain_hint: hint }));
    const accounts = [...text.matchAll(/name="account" value="([^"]+)"/g)].map(([, name]) => name);
    expect(accounts).toEqual(offered);
  });
});

describe('B3. PKCE, lifetimes, redirect URIs', () => {
  test.each([43, 128])(
    'B3 [ED v2-oauth2-auth-code-flow.md]: a code_challenge of %d characters is good',
    async (length) => {
      const verifier = 'v'.repeat(length);
      const changes = { code_challenge: verifier, code_challenge_method: 'plain' };
      const code = redirected(await signIn(emulator, ADELE, changes)).get('code') ?? '';
      expect((await postToken(emulator, { ...codeFields(code), code_verifier: verifier })).status).toBe(200);
    },
  );

  test.each([
    [599_000, 200],
    [600_000, 400],
  ])('B3 [ED v2-oauth2-auth-code-flow.md]: a code %d ms old is answered with %d', async (ageMs, status) => {
    let nowMs = Date.now();
    const later = await openEmulator({ now: () => nowMs });
    try {
      const code = redirected(await signIn(later)).get('code') ?? '';
      nowMs += ageMs;
      expect((await postToken(later, codeFields(code))).status).toBe(status);
    } finally {
      await later.close();
    }
  });

  test('B3 [ED v2-protocols-oidc.md]: without a redirect_uri one of the registered is taken', async () => {
    const back = await signIn(strict, ADELE, { client_id: STRICT.workOnly, redirect_uri: undefined });
    expect(back.headers.location?.startsWith(`${REDIRECT_URI}?code=`)).toBe(true);
  });

  test.each([
    ['http://[::1]:5000/cb', /\[::1\]/],
    ['http://app.example/cb', /plain http/],
    ["http://localhost/it's", /characters/],
    ['http://localhost/a;b', /characters/],
    ['http://localhost/a(b)', /characters/],
    ['http://localhost/a,b', /characters/],
    ['http://localhost/a!b', /characters/],
    ['http://localhost/a$b', /characters/],
    ['http://localhost/#x', /fragment/],
    [`http://localhost/${'a'.repeat(240)}`, /256/],
    ['http://localhost/cb?x=1', /query part/],
  ])('B3 [ED reply-url.md]: %s cannot be registered', (uri, reason) => {
    const registrations = [{ clientId: CLIENT_ID, redirectUris: [uri] }];
    expect(() => readSeed({ registrations })).toThrow(reason);
  });

  test.each(['http://127.0.0.1:5000/cb', 'https://localhost/cb', 'http://localhost/cb?x=1', 'myapp://auth'])(
    'B3 [ED reply-url.md]: %s can be registered by an app for work and school accounts',
    (uri) => {
      const registrations = [{ clientId: CLIENT_ID, accountTypes: 'multi-tenant', redirectUris: [uri] }];
      expect(readSeed({ registrations }).registrations[0]?.redirectUris).toEqual([uri]);
    },
  );
});

describe('B3, B4. what comes back', () => {
  const ODD = 'a+b &=%25#é\n"<>';

  test('B3 [ED v2-oauth2-auth-code-flow.md]: state comes back unchanged, in success and in error', async () => {
    const good = redirected(await signIn(emulator, ADELE, { state: ODD }));
    const bad = redirected(await visitor().get(authorizeUrl(emulator, { state: ODD, prompt: 'none' })));
    expect([good.get('state'), bad.get('state')]).toEqual([ODD, ODD]);
    const none = redirected(await signIn(emulator, ADELE, { state: undefined }));
    expect(none.has('state')).toBe(false);
  });

  test('B4 [gh microsoft/o365-moodle#2560]: session_state is the sid of the ID token, for work accounts', async () => {
    const back = redirected(await signIn(emulator));
    const { id_token: token } = json(await postToken(emulator, codeFields(back.get('code') ?? '')));
    expect(back.get('session_state')).toMatch(GUID);
    expect(claimsOf(token).sid).toBe(back.get('session_state'));
    expect(redirected(await signIn(emulator, SAM)).has('session_state')).toBe(false);
  });

  test('B4 [MJ TEST_SUCCESS_CODE_HASH; MP tests]: client_info comes when it was asked for', async () => {
    expect(redirected(await signIn(emulator, ADELE, { client_info: undefined })).has('client_info')).toBe(
      false,
    );
  });

  test('B4 [ED v2-protocols-oidc.md]: form_post has the same names as hidden fields', async () => {
    const form = await signIn(emulator, ADELE, { response_mode: 'form_post' });
    const names = [...form.text.matchAll(/<input type="hidden" name="([^"]+)"/g)].map(([, name]) => name);
    expect(names.sort()).toEqual(['client_info', 'code', 'session_state', 'state']);
  });

  test('B4 [MC response/AuthorizeResponse.ts]: instance_aware brings the names of the cloud', async () => {
    const { host } = new URL(emulator.baseUrl);
    const back = redirected(await signIn(emulator, ADELE, { instance_aware: 'true' }));
    const names = [
      'cloud_instance_name',
      'cloud_instance_host_name',
      'cloud_graph_host_name',
      'msgraph_host',
    ];
    expect(names.map((name) => back.get(name))).toEqual([host, host, host, host]);
    expect(redirected(await signIn(emulator)).has('msgraph_host')).toBe(false);
  });

  test('C5 [ED id-token-claims-reference.md]: at_hash comes in a front channel only', async () => {
    const back = redirected(await signIn(emulator, ADELE, { response_type: 'id_token token' }));
    expect(claimsOf(back.get('id_token'))).toHaveProperty('at_hash');
    const code = redirected(await signIn(emulator)).get('code') ?? '';
    const claims = claimsOf(json(await postToken(emulator, codeFields(code))).id_token);
    expect([claims.at_hash, claims.c_hash]).toEqual([undefined, undefined]);
  });

  test('B3 [ED v2-oauth2-auth-code-flow.md]: an answer without a code goes to the fragment by itself', async () => {
    const changes = { response_type: 'id_token', response_mode: undefined };
    expect((await signIn(emulator, ADELE, changes)).headers.location).toContain('#id_token=');
    const picker = await visitor().get(authorizeUrl(emulator, { response_mode: undefined }));
    expect(formAction(picker, emulator.baseUrl)).toContain('/authorize/continue?');
  });
});
