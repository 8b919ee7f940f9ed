import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { Emulator, FaultRequest } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  claimsOf,
  codeFields,
  graph,
  postToken,
  signIn,
  tokensOf,
} from './stage.ts';
import { ask, json, redirected, visitor } from './visitor.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const discovery = (): string => `${emulator.baseUrl}/common/v2.0/.well-known/openid-configuration`;

async function postFault(fault: unknown): Promise<number> {
  const url = `${emulator.baseUrl}/_emulator/faults`;
  const headers = { 'content-type': 'application/json' };
  return (await ask(url, { method: 'POST', headers }, JSON.stringify(fault))).status;
}

async function verified(idToken: unknown): Promise<boolean> {
  const { keys } = json(await ask(emulator.openidConfiguration('common').jwks_uri));
  const check = jwtVerify(String(idToken), createLocalJWKSet({ keys: keys as [] }), { audience: CLIENT_ID });
  return check.then(
    () => true,
    () => false,
  );
}

describe('asking for a fault', () => {
  test('over HTTP, and it happens as often as was said', async () => {
    expect(await postFault({ at: 'metadata', times: 2, fault: { kind: 'status', status: 503 } })).toBe(204);
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await ask(discovery())).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  test.each([
    ['an unknown kind', { at: 'token', fault: { kind: 'earthquake' } }],
    ['an unknown place', { at: 'nowhere', fault: { kind: 'hang' } }],
    ['no JSON object', 'hello'],
    ['a member nobody knows', { at: 'token', time: 2, fault: { kind: 'hang' } }],
    ['a setting nobody knows', { at: 'token', fault: { kind: 'hang', aftr: 'headers' } }],
    ['an ID token of Graph', { at: 'users', fault: { kind: 'id-token', claims: { aud: 'x' } } }],
    ['rows of the token endpoint', { at: 'token', fault: { kind: 'rows', rows: [] } }],
    ['throttling of Graph’s form at the token endpoint', { at: 'token', fault: { kind: 'throttled' } }],
    ['an OAuth error of Graph', { at: 'me', fault: { kind: 'aadsts', code: 50076 } }],
    ['an authorization response of the token endpoint', { at: 'token', fault: { kind: 'authorize-tamper' } }],
    ['settings of the wrong form', { at: 'token', fault: { kind: 'delay', ms: 'long' } }],
  ])('%s is refused', async (_what, fault) => {
    expect(await postFault(fault)).toBe(400);
  });

  test('a kind nobody knows is answered with those there are', async () => {
    const url = `${emulator.baseUrl}/_emulator/faults`;
    const body = JSON.stringify({ at: 'token', fault: { kind: 'earthquake' } });
    const { error } = json(await ask(url, { method: 'POST' }, body));
    expect(error).toMatch(/named earthquake, but these: status, redirect, .*throttled/);
  });

  test('it can be meant for one path', async () => {
    const path = '/consumers/v2.0/';
    emulator.addFault({ at: 'metadata', path, fault: { kind: 'status', status: 503 } });
    const statuses = [];
    for (const tenant of ['common', 'consumers', 'consumers'])
      statuses.push((await ask(discovery().replace('/common/', `/${tenant}/`))).status);
    expect(statuses).toEqual([200, 503, 200]);
  });

  test('it can be meant for one client, or for requests with certain fields', async () => {
    emulator.addFault({
      at: 'token',
      times: 'always',
      when: { grant_type: 'refresh_token' },
      fault: { kind: 'status', status: 500 },
    });
    const tokens = await tokensOf(emulator);
    const refreshed = await postToken(emulator, {
      ...{ grant_type: 'refresh_token', client_id: CLIENT_ID, client_secret: 'x' },
      refresh_token: String(tokens.refresh_token),
    });
    expect(refreshed.status).toBe(500);
  });

  test('the menu of the picker arms one and returns to the picker', async () => {
    const who = visitor();
    const url = `${emulator.baseUrl}/_emulator/faults/preset?return=${encodeURIComponent('/common/x')}`;
    const back = await who.post(url, { preset: 'bad-signature' });
    expect(back.headers.location).toBe('/common/x');
    expect(await verified((await tokensOf(emulator)).id_token)).toBe(false);
  });

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
    'the menu never leads to %s',
    async (away) => {
      const url = `${emulator.baseUrl}/_emulator/faults/preset?return=${encodeURIComponent(away)}`;
      expect((await visitor().post(url, { preset: 'mfa' })).headers.location).toBe('/');
    },
  );
});

describe('faults of ID tokens', () => {
  test('without a fault the token verifies', async () => {
    expect(await verified((await tokensOf(emulator)).id_token)).toBe(true);
  });

  test.each(['flipped', 'none', 'hs256', 'unknown-key', 'wrong-key'] as const)(
    'signature %s does not verify',
    async (signature) => {
      emulator.addFault({ at: 'token', fault: { kind: 'id-token', signature } });
      expect(await verified((await tokensOf(emulator)).id_token)).toBe(false);
    },
  );

  test('a key that nobody published is the same for every token, and never published', async () => {
    const kidOfForged = async () => {
      emulator.addFault({ at: 'token', fault: { kind: 'id-token', signature: 'unknown-key' } });
      return decodeProtectedHeader(String((await tokensOf(emulator)).id_token)).kid;
    };
    const kid = await kidOfForged();
    const { keys } = json(await ask(emulator.openidConfiguration('common').jwks_uri));
    expect(await kidOfForged()).toBe(kid);
    expect((keys as { kid: string }[]).map((key) => key.kid)).not.toContain(kid);
  });

  test('a rotated key verifies against the keys of the moment only', async () => {
    const before = json(await ask(emulator.openidConfiguration('common').jwks_uri));
    emulator.addFault({ at: 'token', fault: { kind: 'id-token', signature: 'rotated-key' } });
    const { id_token: idToken } = await tokensOf(emulator);
    expect(await verified(idToken)).toBe(true);
    const old = createLocalJWKSet({ keys: before.keys as [] });
    await expect(jwtVerify(String(idToken), old)).rejects.toThrow('no applicable key');
  });

  test('claims are set and removed, and the signature is good', async () => {
    emulator.addFault({
      at: 'token',
      fault: { kind: 'id-token', claims: { tid: 'elsewhere', oid: null }, header: { kid: null } },
    });
    const { id_token: idToken } = await tokensOf(emulator);
    expect(claimsOf(idToken)).toMatchObject({ tid: 'elsewhere' });
    expect(claimsOf(idToken)).not.toHaveProperty('oid');
    expect(String(idToken).split('.')[0]).not.toContain(Buffer.from('kid').toString('base64url'));
  });

  test("somebody else's tokens come under the nonce that was asked", async () => {
    emulator.addFault({
      at: 'token',
      fault: { kind: 'other-account', username: 'nia.okafor@contoso.example' },
    });
    const answer = await tokensOf(emulator, ADELE);
    expect(claimsOf(answer.id_token)).toMatchObject({
      preferred_username: 'nia.okafor@contoso.example',
      nonce: 'the-nonce',
    });
    expect(json(await graph(emulator, '/me', answer.access_token)).displayName).toBe('Nia Okafor');
  });
});

describe('faults of token answers', () => {
  test.each<[string, FaultRequest['fault'], object]>([
    [
      'members removed and set',
      { kind: 'answer', remove: ['id_token'], set: { token_type: 'mac' } },
      { token_type: 'mac' },
    ],
    [
      'client_info of another',
      { kind: 'client-info', raw: 'eyJ1aWQiOiJ4IiwidXRpZCI6InkifQ' },
      { client_info: 'eyJ1aWQiOiJ4IiwidXRpZCI6InkifQ' },
    ],
    [
      'an AADSTS error',
      { kind: 'aadsts', code: 53003, suberror: 'message_only', claims: '{}' },
      { error: 'invalid_grant', error_codes: [53003], suberror: 'message_only', claims: '{}' },
    ],
  ])('%s', async (_what, fault, expected) => {
    emulator.addFault({ at: 'token', fault });
    expect(await tokensOf(emulator)).toMatchObject(expected);
  });

  test('an expired access token is refused by Graph', async () => {
    emulator.addFault({ at: 'token', fault: { kind: 'access-token', claims: { exp: 1_000_000_000 } } });
    const { access_token: token } = await tokensOf(emulator);
    const seen = await graph(emulator, '/me', token);
    expect(seen.status).toBe(401);
    expect(json(seen).error).toMatchObject({ code: 'InvalidAuthenticationToken' });
  });

  test('a refresh token that was used can be refused', async () => {
    const { refresh_token: token } = await tokensOf(emulator);
    const fields = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
    expect((await postToken(emulator, fields)).status).toBe(200);
    expect((await postToken(emulator, fields)).status).toBe(200);
    emulator.addFault({ at: 'token', times: 'always', fault: { kind: 'single-use-refresh' } });
    expect((await postToken(emulator, fields)).status).toBe(400);
  });
});

describe('faults of authorization', () => {
  test('an error of any wording', async () => {
    emulator.addFault({
      at: 'authorize',
      fault: { kind: 'authorize-error', error: 'server_error', error_description: '<img src=x>' },
    });
    const back = await visitor().get(authorizeUrl(emulator));
    expect(redirected(back).get('error_description')).toBe('<img src=x>');
    expect(redirected(back).get('state')).toBe('the state');
  });

  test('a tampered state', async () => {
    emulator.addFault({
      at: 'authorize',
      fault: { kind: 'authorize-tamper', set: { state: 'other' }, remove: ['session_state'] },
    });
    const back = redirected(await signIn(emulator));
    expect([back.get('state'), back.has('session_state'), back.has('code')]).toEqual(['other', false, true]);
  });

  test('the same in a form that posts itself, and nothing else of the page', async () => {
    const asForm = { response_mode: 'form_post', state: '<a&"b">' };
    const plain = (await signIn(emulator, ADELE, asForm)).text;
    emulator.addFault({ at: 'authorize', fault: { kind: 'authorize-tamper', remove: ['code'] } });
    emulator.addFault({ at: 'authorize', fault: { kind: 'authorize-issuer' } });
    const { text } = await signIn(emulator, ADELE, asForm);
    expect(plain).toContain('name="code"');
    expect(text).not.toContain('name="code"');
    expect(text).toContain('name="state" value="&lt;a&amp;&quot;b&quot;&gt;"');
    emulator.addFault({ at: 'authorize', fault: { kind: 'authorize-issuer' } });
    expect((await signIn(emulator, ADELE, asForm)).text).toContain(`name="iss" value="${emulator.baseUrl}/`);
  });

  test('the issuer beside a code is the person’s, beside an error the authority’s', async () => {
    emulator.addFault({ at: 'authorize', times: 'always', fault: { kind: 'authorize-issuer' } });
    const back = redirected(await signIn(emulator));
    const issuer = `${emulator.baseUrl}/${emulator.tenants[0]?.id}/v2.0`;
    expect([back.has('code'), back.get('iss')]).toEqual([true, issuer]);
    const silent = redirected(await visitor().get(authorizeUrl(emulator, { prompt: 'none' })));
    expect([silent.get('error'), silent.get('iss')]).toEqual([
      'login_required',
      `${emulator.baseUrl}/{tenantid}/v2.0`,
    ]);
  });

  test('never sends anybody off this machine', async () => {
    emulator.addFault({ at: 'authorize', fault: { kind: 'authorize-error', error: 'server_error' } });
    const seen = await visitor().get(authorizeUrl(emulator, { redirect_uri: 'https://evil.example/' }));
    expect(seen.headers.location).toBeUndefined();
    expect(seen.text).toContain('AADSTS50011');
  });
});

describe('faults of Graph', () => {
  test.each(['https://evil.example/x', '//evil', ['list']])('a next link of %j', async (url) => {
    const { access_token: token } = await tokensOf(emulator);
    emulator.addFault({ at: 'users', fault: { kind: 'next-link', url } });
    expect(json(await graph(emulator, '/users', token))['@odata.nextLink']).toEqual(url);
  });

  test('a listing without an end', async () => {
    const { access_token: token } = await tokensOf(emulator);
    emulator.addFault({ at: 'users', times: 'always', fault: { kind: 'next-link', to: 'endless' } });
    const links = new Set<unknown>();
    for (let count = 0; count < 3; count++)
      links.add(json(await graph(emulator, '/users?$top=1', token))['@odata.nextLink']);
    expect(links.size).toBe(3);
  });

  test('junk rows, hostile names, many copies', async () => {
    const { access_token: token } = await tokensOf(emulator);
    emulator.addFault({
      at: 'users',
      fault: { kind: 'rows', rows: [null, 7], append: true, each: { displayName: '<b>' }, copies: 2 },
    });
    const { value } = json(await graph(emulator, '/users?$top=1', token));
    expect(value).toEqual([
      expect.objectContaining({ displayName: '<b>' }),
      null,
      7,
      expect.anything(),
      null,
      7,
    ]);
  });

  test('a claims challenge', async () => {
    const { access_token: token } = await tokensOf(emulator);
    emulator.addFault({ at: 'me', fault: { kind: 'claims-challenge' } });
    const seen = await graph(emulator, '/me', token);
    const [, claims = ''] = /claims="([^"]+)"/.exec(seen.headers['www-authenticate'] ?? '') ?? [];
    expect(seen.headers['www-authenticate']).toContain('error="insufficient_claims"');
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toHaveProperty(
      'access_token.nbf.essential',
      true,
    );
  });
});

describe('faults below HTTP', () => {
  test('malformed JSON, headers, a redirect', async () => {
    emulator.addFault({ at: 'metadata', fault: { kind: 'malformed-json' } });
    const cut = await ask(discovery());
    expect(() => JSON.parse(cut.text)).toThrow();
    emulator.addFault({
      at: 'metadata',
      fault: { kind: 'headers', set: { 'Retry-After': '3' }, remove: ['content-type'] },
    });
    const changed = await ask(discovery());
    expect([changed.headers['retry-after'], changed.headers['content-type']]).toEqual(['3', undefined]);
    const set = { 'WWW-Authenticate': ['Bearer', 'Basic'], 'set-cookie': ['a=1', 'b=2'] };
    emulator.addFault({ at: 'metadata', fault: { kind: 'headers', set } });
    const { headers } = await ask(discovery());
    expect([headers['www-authenticate'], headers['set-cookie']]).toEqual(['Bearer, Basic', 'a=1,b=2']);
    emulator.addFault({
      at: 'metadata',
      fault: { kind: 'redirect', status: 307, location: 'http://localhost:1/' },
    });
    expect(await ask(discovery())).toMatchObject({
      status: 307,
      headers: { location: 'http://localhost:1/' },
    });
  });

  test('a connection reset', async () => {
    emulator.addFault({ at: 'metadata', fault: { kind: 'reset' } });
    await expect(ask(discovery())).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('a delay lasts as long as it was told', async () => {
    emulator.addFault({ at: 'metadata', fault: { kind: 'delay', ms: 120 } });
    const startMs = performance.now();
    expect((await ask(discovery())).status).toBe(200);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(119);
  });

  test('a gzip bomb is small on the way and large inside', async () => {
    const bytes = 3_000_000;
    emulator.addFault({ at: 'metadata', fault: { kind: 'flood', bytes, gzip: true } });
    const packed = await new Promise<Buffer>((resolve, reject) => {
      request(discovery(), { agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks)));
      })
        .on('error', reject)
        .end();
    });
    expect(packed.length).toBeLessThan(10_000);
    expect(JSON.parse(gunzipSync(packed).toString()).flood).toHaveLength(bytes);
  });

  test.each<[string, FaultRequest['fault']]>([
    ['a hang', { kind: 'hang' }],
    ['a hang after the headers', { kind: 'hang', after: 'headers' }],
    ['a drip', { kind: 'drip', byteEveryMs: 5, forever: true }],
    ['a flood', { kind: 'flood', bytes: 10_000_000_000 }],
  ])('%s ends when the client goes, and when the emulator closes', async (_what, fault) => {
    const short = await openEmulator();
    short.addFault({ at: 'metadata', times: 'always', fault });
    const url = `${short.baseUrl}/common/v2.0/.well-known/openid-configuration`;
    const received = async (count: number): Promise<void> => {
      while (short.ledger().length < count) await new Promise(setImmediate);
    };
    const leaving = new AbortController();
    const left = ask(url, { signal: leaving.signal }).catch((error: Error) => error.name);
    await received(1);
    leaving.abort();
    expect(await left).toBe('AbortError');
    const waiting = ask(url).then(
      () => 'answered',
      () => 'cut',
    );
    await received(2);
    await short.close();
    expect(await waiting).toBe('cut');
  });
});

describe('the ledger', () => {
  test('keeps large requests in short', async () => {
    await postToken(emulator, { grant_type: 'x'.repeat(100_000) });
    expect(emulator.ledger()[0]?.body.grant_type).toHaveLength(4096);
  });

  test('tells every request with its fields, and its status once it is answered', async () => {
    await postToken(emulator, codeFields('no-such-code'));
    const entries = JSON.parse((await ask(`${emulator.baseUrl}/_emulator/ledger`)).text);
    expect(entries).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/common/oauth2/v2.0/token',
        status: 400,
        peer: expect.stringMatching(/127\.0\.0\.1|::1/),
        body: expect.objectContaining({ grant_type: 'authorization_code', code: 'no-such-code' }),
      }),
    ]);
  });
});
