import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  postToken,
  REDIRECT_URI,
  signIn,
} from '../stage.ts';
import { formAction, redirected, visitor } from '../visitor.ts';
import { GUID, NIA, PRIYA, SAM, STRICT, strictStage } from './strict.ts';

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

describe('B. authorize', () => {
  test('B3, B4 [ED v2-oauth2-auth-code-flow.md; MJ]: query answers carry code, client_info, state, session_state', async () => {
    const back = redirected(await signIn(emulator));
    expect([...back.keys()].sort()).toEqual(['client_info', 'code', 'session_state', 'state']);
    expect(back.get('session_state')).toMatch(GUID);
  });

  test('B3 [ED v2-protocols-oidc.md]: fragment and form_post', async () => {
    const fragment = await signIn(emulator, ADELE, { response_mode: 'fragment' });
    expect(fragment.headers.location).toMatch(/^http:\/\/localhost:5000\/getAToken#code=/);
    const form = await signIn(emulator, ADELE, { response_mode: 'form_post' });
    expect(form.text).toContain(`action="${REDIRECT_URI}"`);
    expect(form.text).toContain('<input type="hidden" name="state" value="the state">');
  });

  test('B3 [ED v2-protocols-oidc.md]: code id_token goes to the fragment with a c_hash, and needs a nonce', async () => {
    const hybrid = { response_type: 'code id_token' };
    const back = redirected(await signIn(emulator, ADELE, hybrid));
    expect(claimsOf(back.get('id_token'))).toHaveProperty('c_hash');
    const without = await visitor().get(authorizeUrl(emulator, { ...hybrid, nonce: undefined }));
    expect(redirected(without).get('error')).toBe('invalid_request');
  });

  test('B3 [ED reference-error-codes.md]: id_token without the implicit switch is 700054', async () => {
    const url = authorizeUrl(strict, { client_id: STRICT.workOnly, response_type: 'id_token' });
    expect(redirected(await visitor().get(url)).get('error_uri')).toContain('code=700054');
  });

  test('B3 [ED v2-protocols-oidc.md]: query is refused for id_token', async () => {
    const changes = { response_type: 'id_token', response_mode: 'query' };
    expect(redirected(await visitor().get(authorizeUrl(emulator, changes))).get('error')).toBeTruthy();
  });

  test('B3 [ED reply-url.md]: a URI without a path comes back with its slash', async () => {
    const back = await signIn(emulator, ADELE, { redirect_uri: 'http://localhost:5000' });
    expect(back.headers.location).toMatch(/^http:\/\/localhost:5000\/\?code=/);
  });

  test.each([
    ['http://localhost:1234/getAToken', true],
    ['http://localhost:5000/getatoken', false],
    ['http://localhost:5000/getAToken/', false],
    ['http://127.0.0.1:5000/getAToken', false],
    ['https://localhost:5000/getAToken', false],
    ['http://localhost:5000/getAToken?x=1', false],
    ['http://me@localhost:5000/getAToken', false],
    [`http://localhost:5000/getAToken#${'a'.repeat(3)}`, false],
  ])('B3 [ED reply-url.md]: strict matching of %s is %s', async (uri, accepted) => {
    const url = authorizeUrl(strict, { client_id: STRICT.workOnly, redirect_uri: uri });
    expect((await visitor().get(url)).text.includes('AADSTS50011')).toBe(!accepted);
  });

  test.each([
    ['42 characters', { code_challenge: 'a'.repeat(42) }],
    ['129 characters', { code_challenge: 'a'.repeat(129) }],
    ['method S512', { code_challenge_method: 'S512' }],
  ])('B3 [ED v2-oauth2-auth-code-flow.md]: a code_challenge of %s is refused', async (_what, changes) => {
    const back = redirected(await visitor().get(authorizeUrl(emulator, changes)));
    expect([back.get('error'), back.get('state')]).toEqual(['invalid_request', 'the state']);
  });

  test('B3 [ED v2-oauth2-auth-code-flow.md]: an absent method is plain', async () => {
    const verifier = 'plain-text-verifier-that-is-long-enough-01234567';
    const changes = { code_challenge: verifier, code_challenge_method: undefined };
    const code = redirected(await signIn(emulator, ADELE, changes)).get('code') ?? '';
    expect((await postToken(emulator, { ...codeFields(code), code_verifier: verifier })).status).toBe(200);
  });

  test.each([
    ['login', 'Choose an account'],
    ['select_account', 'Choose an account'],
    ['create', 'Choose an account'],
    ['consent', 'Permissions requested'],
  ])('B3 [ED v2-oauth2-auth-code-flow.md]: prompt=%s in spite of a session', async (prompt, title) => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    expect((await who.get(authorizeUrl(emulator, { prompt }))).text).toContain(`<h1>${title}</h1>`);
  });

  test('B3 [ED; MP docstring]: domain_hint=consumers offers personal accounts only', async () => {
    const { text } = await visitor().get(authorizeUrl(emulator, { domain_hint: 'consumers' }));
    expect([text.includes(SAM), text.includes(ADELE)]).toEqual([true, false]);
  });

  test('B5 [gh …-for-js#6610, #1560]: prompt=none with nobody signed in', async () => {
    const back = redirected(await visitor().get(authorizeUrl(emulator, { prompt: 'none' })));
    expect(back.get('error')).toBe('login_required');
    expect(back.get('error_description')).toContain('AADSTS50058');
  });

  test('B5 [MJ lib/msal-browser/docs/login-user.md]: prompt=none with several sessions', async () => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    await signIn(emulator, NIA, { prompt: 'select_account' }, who);
    const back = redirected(await who.get(authorizeUrl(emulator, { prompt: 'none' })));
    expect([back.get('error'), back.get('error_uri')?.endsWith('code=16000')]).toEqual([
      'interaction_required',
      true,
    ]);
    const hinted = await who.get(authorizeUrl(emulator, { prompt: 'none', login_hint: NIA }));
    expect(redirected(hinted).get('code')).toBeTruthy();
  });

  test('B5 [gh MicrosoftDocs/azure-docs#114009]: a declined consent, word for word', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    const action = formAction(picker, emulator.baseUrl);
    const back = await who.post(action, { account: ADELE, decision: 'cancel' });
    expect(back.headers.location).toMatch(
      /^http:\/\/localhost:5000\/getAToken\?error=access_denied&error_description=AADSTS65004%3a\+User\+declined\+to\+consent\+to\+access\+the\+app\.%0d%0aTrace\+ID%3a\+[0-9a-f-]{36}%0d%0aCorrelation\+ID%3a\+[0-9a-f-]{36}%0d%0aTimestamp%3a\+\d{4}-\d\d-\d\d\+\d\d%3a\d\d%3a\d\dZ&error_uri=https%3a%2f%2flogin\.microsoftonline\.com%2ferror%3fcode%3d65004&state=the\+state$/,
    );
  });

  test('B5 [gh HTBox/allReady#521]: a personal account declines in other words', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    const back = await who.post(formAction(picker, emulator.baseUrl), { account: SAM, decision: 'cancel' });
    expect(redirected(back).get('error_description')).toBe(
      'The user has denied access to the scope requested by the client application.',
    );
  });

  test('B5 [FS:68395009985]: back from the approval page with error_subcode=cancel', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator, { scope: 'User.Read.All openid' }));
    const approval = await who.post(formAction(picker, emulator.baseUrl), { account: ADELE });
    expect(approval.text).toContain('Need admin approval');
    const back = await who.post(formAction(approval, emulator.baseUrl), {
      account: ADELE,
      decision: 'return',
    });
    expect(redirected(back).toString()).toBe('error=access_denied&error_subcode=cancel&state=the+state');
  });

  test('B5 [FS:750550185]: back from the picker with error_subcode=cancel', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    const back = await who.post(formAction(picker, emulator.baseUrl), { decision: 'cancel' });
    expect(redirected(back).get('error_subcode')).toBe('cancel');
  });

  test.each([
    [
      '50011 [gh okieselbach/AutopilotMonitor#37]',
      { client_id: STRICT.single, redirect_uri: 'http://localhost/x' },
      CONTOSO,
      'AADSTS50011',
    ],
    [
      '500113 [gh OfficeDev/…groupactivities#10]',
      { client_id: STRICT.noUri, redirect_uri: undefined },
      'common',
      'AADSTS500113',
    ],
    [
      '700016 [gh onedrive-api-docs#950]',
      { client_id: '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f' },
      'common',
      'AADSTS700016',
    ],
    ['90002 [A4]', {}, '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f', 'AADSTS90002'],
    ['900144 [ED]', { client_id: undefined }, 'common', 'AADSTS900144'],
    ['50194 [ED]', { client_id: STRICT.single }, 'common', 'AADSTS50194'],
    ['9002332 [ED]', { client_id: STRICT.workOnly }, 'consumers', 'AADSTS9002332'],
  ])('B6 page %s', async (_row, changes, tenant, text) => {
    const seen = await visitor().get(authorizeUrl(strict, changes, tenant));
    expect(seen.headers.location).toBeUndefined();
    expect(seen.text).toContain(text);
    expect(seen.text).toContain('Sign in to your account');
    expect(seen.text).toContain('Sorry, but we’re having trouble signing you in.');
  });

  test('B6 page 900971 [gh RogerSelwyn/O365-HomeAssistant#51]', async () => {
    const seen = await visitor().get(
      authorizeUrl(emulator, { redirect_uri: undefined, client_id: '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f' }),
    );
    expect(seen.text).toContain('AADSTS900971: No reply address provided.');
  });

  test.each([
    ['50105 [gh nextauthjs/next-auth#5455]', STRICT.assigned, ADELE, 'common', 'AADSTS50105'],
    ['50020 [ED reference-error-codes.md]', STRICT.workOnly, PRIYA, CONTOSO, 'AADSTS50020'],
    ['500200 [ED reference-error-codes.md]', STRICT.workOnly, SAM, 'organizations', 'AADSTS500200'],
    ['500208 [ED reference-error-codes.md]', CLIENT_ID, ADELE, 'consumers', 'AADSTS500208'],
  ])('B6 page %s', async (_row, client, username, tenant, text) => {
    const seen = await signIn(strict, username, { client_id: client }, visitor(), tenant);
    expect(seen.headers.location).toBeUndefined();
    expect(seen.text).toContain(text);
  });
});
