import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { Emulator } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  graph,
  postToken,
  REDIRECT_URI,
  SECRET,
  signIn,
  tokensOf,
} from './stage.ts';
import { ask, formAction, json, redirected, visitor } from './visitor.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('a sign-in from end to end', () => {
  test('pick, accept, redeem, verify, list: the way of the web app', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    expect(picker.text).toContain('Local emulator, not Microsoft');
    const consent = await who.post(formAction(picker, emulator.baseUrl), { account: ADELE });
    expect(consent.text).toContain('Read the names, email addresses and photos of all users');
    const back = await who.post(formAction(consent, emulator.baseUrl), {
      account: ADELE,
      decision: 'accept',
    });
    expect(back.headers.location).toMatch(/^http:\/\/localhost:5000\/getAToken\?code=/);
    expect(redirected(back).get('state')).toBe('the state');

    const answer = json(await postToken(emulator, codeFields(redirected(back).get('code') ?? '')));
    expect(answer).toMatchObject({ token_type: 'Bearer', scope: 'User.ReadBasic.All profile openid email' });
    const { keys } = json(await ask(emulator.openidConfiguration('common').jwks_uri));
    const { payload } = await jwtVerify(String(answer.id_token), createLocalJWKSet({ keys: keys as [] }), {
      issuer: `${emulator.baseUrl}/${CONTOSO}/v2.0`,
      audience: CLIENT_ID,
    });
    expect(payload).toMatchObject({
      nonce: 'the-nonce',
      tid: CONTOSO,
      name: 'Adele Vance',
      preferred_username: ADELE,
      sid: redirected(back).get('session_state'),
    });

    const users = json(await graph(emulator, '/users?$top=50&$select=id,displayName', answer.access_token));
    expect(users.value).toHaveLength(50);
    expect(users['@odata.nextLink']).toContain(`${emulator.baseUrl}/v1.0/users?`);
  });

  test('the second sign-in of the same browser goes straight through', async () => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    const again = await who.get(authorizeUrl(emulator));
    expect(redirected(again).get('code')).toBeTruthy();
  });

  test('prompt=select_account shows the picker in spite of single sign-on', async () => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    expect((await who.get(authorizeUrl(emulator, { prompt: 'select_account' }))).text).toContain(
      'Choose an account',
    );
  });

  test('a declined consent comes back as access_denied, AADSTS65004', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    const consent = await who.post(formAction(picker, emulator.baseUrl), { account: ADELE });
    const back = await who.post(formAction(consent, emulator.baseUrl), {
      account: ADELE,
      decision: 'cancel',
    });
    expect(redirected(back).get('error')).toBe('access_denied');
    expect(redirected(back).get('error_description')).toContain('AADSTS65004');
    expect(redirected(back).get('state')).toBe('the state');
  });

  test('a guest brings the home tenant in client_info and idp', async () => {
    const answer = await tokensOf(emulator, 'jonas.lindqvist@tailspin.example');
    const info = JSON.parse(Buffer.from(String(answer.client_info), 'base64url').toString());
    expect(claimsOf(answer.id_token)).toMatchObject({
      tid: CONTOSO,
      idp: `https://sts.windows.net/${info.utid}/`,
    });
    expect(info.utid).not.toBe(CONTOSO);
  });

  test('a personal account has an opaque access token and no directory', async () => {
    const answer = await tokensOf(emulator, 'sam.rivera@mailbox.example');
    expect(String(answer.access_token)).not.toContain('.');
    expect((await graph(emulator, '/me', answer.access_token)).status).toBe(200);
    expect((await graph(emulator, '/users', answer.access_token)).status).toBe(400);
  });
});

test('an authorization request by POST is served like one by GET', async () => {
  const who = visitor();
  const { origin, pathname, searchParams } = new URL(authorizeUrl(emulator));
  const picker = await who.post(origin + pathname, Object.fromEntries(searchParams), {
    origin: 'http://localhost:5000',
  });
  const back = await who.post(formAction(picker, emulator.baseUrl), { account: ADELE, decision: 'accept' });
  expect(redirected(back).get('code')).toBeTruthy();
});

describe('codes', () => {
  const freshCode = async (changes: Record<string, string | undefined> = {}): Promise<string> =>
    redirected(await signIn(emulator, ADELE, changes)).get('code') ?? '';

  test.each([
    ['another redirect URI', { redirect_uri: 'http://localhost:5000/other' }, 50011],
    ['another verifier', { code_verifier: 'another-verifier-that-is-long-enough-0123456789' }, 501481],
    ['another client', { client_id: '22222222-2222-4222-8222-222222222222' }, 70000],
    ['a code nobody issued', { code: 'made-up' }, 70000],
  ])('%s is refused', async (_what, changes, code) => {
    const answer = json(await postToken(emulator, { ...codeFields(await freshCode()), ...changes }));
    expect(answer.error_codes).toEqual([code]);
  });

  test('a missing verifier is refused, and so is one without a challenge', async () => {
    const { code_verifier: _none, ...without } = codeFields(await freshCode());
    expect(json(await postToken(emulator, without)).error).toBe('invalid_grant');
    const plain = await freshCode({ code_challenge: undefined, code_challenge_method: undefined });
    expect(json(await postToken(emulator, codeFields(plain))).error).toBe('invalid_grant');
  });

  test('a second redemption is refused', async () => {
    const fields = codeFields(await freshCode());
    await postToken(emulator, fields);
    expect(json(await postToken(emulator, fields)).error_codes).toEqual([54005]);
  });

  test('after ten minutes a code is worthless', async () => {
    let nowMs = Date.now();
    const later = await openEmulator({ now: () => nowMs });
    try {
      const fields = codeFields(redirected(await signIn(later)).get('code') ?? '');
      nowMs += 10 * 60_000;
      expect(json(await postToken(later, fields)).error_codes).toEqual([70008]);
    } finally {
      await later.close();
    }
  });
});

describe('refresh', () => {
  test('gives new tokens without a nonce, for what was consented to', async () => {
    const first = await tokensOf(emulator);
    const fields = {
      grant_type: 'refresh_token',
      client_id: CLIENT_ID,
      client_secret: SECRET,
      refresh_token: String(first.refresh_token),
      scope: 'User.ReadBasic.All openid profile offline_access',
    };
    const second = json(await postToken(emulator, fields));
    expect(claimsOf(second.id_token)).not.toHaveProperty('nonce');
    expect((await graph(emulator, '/me', second.access_token)).status).toBe(200);
    const more = json(await postToken(emulator, { ...fields, scope: 'Mail.Read' }));
    expect(more).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    });
  });
});

describe('paging', () => {
  test('walks the whole directory without repeating anybody', async () => {
    const { access_token: token } = await tokensOf(emulator);
    const seen: string[] = [];
    let path: string | undefined = '/users?$top=99&$select=id';
    while (path !== undefined) {
      const page = json(await graph(emulator, path, token));
      seen.push(...(page.value as { id: string }[]).map((one) => one.id));
      const next = page['@odata.nextLink'];
      path = typeof next === 'string' ? next.slice(`${emulator.baseUrl}/v1.0`.length) : undefined;
    }
    expect(new Set(seen).size).toBe(253);
    expect(seen).toHaveLength(253);
    const last = json(await graph(emulator, `/users/${seen[252]}`, token));
    expect(last.id).toBe(seen[252]);
  });
});

describe('logout', () => {
  test('goes back to a registered address, and the session is over', async () => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    const target = encodeURIComponent('http://localhost:5000/');
    const out = await who.get(
      `${emulator.baseUrl}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${target}`,
    );
    expect(out.headers.location).toBe('http://localhost:5000/');
    expect((await who.get(authorizeUrl(emulator))).text).toContain('Choose an account');
  });

  test('shows its own page for an address off this machine', async () => {
    const target = encodeURIComponent('https://evil.example/');
    const out = await ask(`${emulator.baseUrl}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${target}`);
    expect(out.status).toBe(200);
    expect(out.text).not.toContain('evil.example');
  });
});

describe('what leads off this machine', () => {
  test.each([
    'https://evil.example/cb',
    'http://localhost.evil.example/',
    'http://localhost@evil.example/',
    'http://me@localhost/',
    'javascript:alert(1)',
  ])('the redirect URI %s is refused as a page', async (uri) => {
    const seen = await ask(authorizeUrl(emulator, { redirect_uri: uri }));
    expect(seen.headers.location).toBeUndefined();
    expect(seen.text).toContain('AADSTS50011');
  });

  test('the port of http://localhost does not matter', async () => {
    const back = await signIn(emulator, ADELE, { redirect_uri: REDIRECT_URI.replace('5000', '49152') });
    expect(back.headers.location).toMatch(/^http:\/\/localhost:49152\/getAToken\?code=/);
  });

  test.each(['evil.example', 'localhost.evil.example', '10.0.0.1', 'localhost@evil.example'])(
    'the host %s is refused',
    async (host) => {
      const url = `${emulator.baseUrl}/common/v2.0/.well-known/openid-configuration`;
      expect((await ask(url, { headers: { host } })).status).toBe(403);
    },
  );

  test('its own pages alone may change its state', async () => {
    const evil = { origin: 'https://evil.example' };
    const seen = await visitor().post(`${emulator.baseUrl}/_emulator/reset`, {}, evil);
    expect(seen.status).toBe(403);
  });
});
