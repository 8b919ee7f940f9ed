import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import {
  ADELE,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  postToken,
  SECRET,
  signIn,
  tokensOf,
} from '../stage.ts';
import { ask, json, redirected, type Seen } from '../visitor.ts';
import { discovery, NIA, PERSONAL, SAM, SPA_URI, STRICT, strictStage } from './strict.ts';

// Each test names the row of the wire reference that it asserts, and that row's source.

const ORIGIN = 'http://localhost:5173';

let emulator: Emulator;
let strict: Emulator;
let nowMs = 0;
beforeAll(async () => {
  emulator = await openEmulator({ now: () => nowMs });
  strict = await strictStage();
});
beforeEach(() => {
  nowMs = Date.now();
  emulator.reset();
  strict.reset();
});
afterAll(async () => {
  await emulator.close();
  await strict.close();
});

describe('A3, C4. headers', () => {
  const common = {
    'strict-transport-security': expect.stringMatching(/^max-age=31536000/),
    'x-content-type-options': 'nosniff',
    p3p: expect.stringMatching(/^CP="/),
    'x-ms-ests-server': expect.stringMatching(/^2\.1\.\d+\.\d+ - /),
  };

  test('A3 [NOCK]: discovery', async () => {
    const seen = await discovery(emulator, 'common');
    expect(seen.headers).toMatchObject({ ...common, 'access-control-allow-methods': 'GET, OPTIONS' });
    for (const cookie of ['fpc=', 'esctx=', 'x-ms-gateway-slice=estsfd', 'stsservicecookie=estsfd'])
      expect(seen.headers['set-cookie']).toContain(cookie);
    expect(seen.headers['set-cookie']).toMatch(/fpc=[^;]+; Max-Age=2592000/);
  });

  test('C4 [NOCK; gh dotnet/sign#849]: tokens', async () => {
    const sent = '4f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f';
    const seen = await postToken(emulator, {}, 'common', { 'client-request-id': sent });
    expect(seen.headers).toMatchObject({ ...common, 'client-request-id': sent });
    expect(json(seen).trace_id).toBe(seen.headers['x-ms-request-id']);
    for (const cookie of ['fpc=', 'x-ms-gateway-slice=estsfd', 'stsservicecookie=estsfd'])
      expect(seen.headers['set-cookie']).toContain(cookie);
  });

  test('but a browser gets no Strict-Transport-Security: on localhost it would break other programs', async () => {
    const headers = { 'sec-fetch-mode': 'navigate' };
    const url = `${emulator.baseUrl}/common/v2.0/.well-known/openid-configuration`;
    expect((await ask(url, { headers })).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('C3. single-page applications', () => {
  const spaCode = async (): Promise<string> =>
    redirected(await signIn(strict, ADELE, { client_id: STRICT.spa, redirect_uri: SPA_URI })).get('code') ??
    '';
  const bare = (code: string): Record<string, string> => {
    const { client_secret: _none, ...fields } = codeFields(code);
    return { ...fields, client_id: STRICT.spa, redirect_uri: SPA_URI };
  };
  const fromPage = (fields: Record<string, string>): Promise<Seen> =>
    postToken(strict, fields, 'common', { origin: ORIGIN });

  test('C3 [ED v2-oauth2-auth-code-flow.md]: without an Origin the code is refused, 9002327', async () => {
    expect(json(await postToken(strict, bare(await spaCode())))).toMatchObject({
      error: 'invalid_request',
      error_codes: [9002327],
    });
  });

  test('C3, C5 [ED; refresh-tokens.md]: from a script it is redeemed without a secret, for 24 hours in all', async () => {
    const seen = await fromPage(bare(await spaCode()));
    expect(seen.headers['access-control-allow-origin']).toBe('*');
    const first = json(seen);
    expect(first.refresh_token_expires_in).toBeGreaterThan(86_390);
    expect(first.refresh_token_expires_in).toBeLessThanOrEqual(86_400);
    const refresh = {
      ...{ grant_type: 'refresh_token', client_id: STRICT.spa },
      refresh_token: String(first.refresh_token),
    };
    expect((await fromPage(refresh)).status).toBe(200);
    expect(json(await postToken(strict, refresh)).error_codes).toEqual([9002327]);
  });

  test('C5, C6 [ED refresh-tokens.md]: after a day 700084, however often it was renewed', async () => {
    let spaNowMs = Date.now();
    const registrations = [{ clientId: STRICT.spa, spaRedirectUris: [SPA_URI] }];
    const later = await openEmulator({ now: () => spaNowMs, seed: readSeed({ registrations }) });
    try {
      const changes = { client_id: STRICT.spa, redirect_uri: SPA_URI };
      const code = redirected(await signIn(later, ADELE, changes)).get('code') ?? '';
      const first = json(await postToken(later, bare(code), 'common', { origin: ORIGIN }));
      const renew = async (token: unknown): Promise<Record<string, unknown>> =>
        json(
          await postToken(
            later,
            { grant_type: 'refresh_token', client_id: STRICT.spa, refresh_token: String(token) },
            'common',
            { origin: ORIGIN },
          ),
        );
      spaNowMs += 23 * 3_600_000;
      const second = await renew(first.refresh_token);
      expect(second.refresh_token_expires_in).toBe(3600);
      spaNowMs += 3_600_000;
      expect(await renew(second.refresh_token)).toMatchObject({
        error: 'invalid_grant',
        error_codes: [700084],
      });
    } finally {
      await later.close();
    }
  });

  test('C3 [gh …-for-js#5196; ED]: a web code from a script, and a credential with an Origin, are refused', async () => {
    const code = redirected(await signIn(strict, ADELE, { client_id: STRICT.workOnly })).get('code') ?? '';
    const fields = { ...codeFields(code), client_id: STRICT.workOnly, client_secret: 'right' };
    expect(json(await fromPage(fields)).error_codes).toEqual([9002326]);
    expect((await postToken(strict, fields)).status).toBe(200);
    const app = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: SECRET };
    const scope = 'https://graph.microsoft.com/.default';
    const seen = await postToken(emulator, { ...app, scope }, CONTOSO, { origin: ORIGIN });
    expect(json(seen).error_codes).toEqual([9002326]);
  });

  test('a browser that asks first (preflight) is told yes, at tokens and at Graph, and nowhere else', async () => {
    const headers = { origin: ORIGIN, 'access-control-request-headers': 'authorization' };
    const asked = async (path: string): Promise<Seen> =>
      ask(`${emulator.baseUrl}${path}`, { method: 'OPTIONS', headers });
    for (const path of ['/common/oauth2/v2.0/token', '/v1.0/users'])
      expect((await asked(path)).headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'authorization',
      });
    expect((await asked('/_emulator/ledger')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('C5. success bodies', () => {
  test('C5 [NOCK]: v2 gives whole numbers, not texts', async () => {
    const { expires_in: one, ext_expires_in: other, token_type: type } = await tokensOf(emulator);
    expect([Number.isInteger(one), Number.isInteger(other), type]).toEqual([true, true, 'Bearer']);
  });

  test('C5 [ED access-tokens.md]: 20 to 28 hours and refresh_in where the client handles challenges', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const long = await tokensOf(emulator, ADELE, { claims });
    expect(long.expires_in).toBeGreaterThanOrEqual(20 * 3600);
    expect(long.expires_in).toBeLessThanOrEqual(28 * 3600);
    expect(Number.isInteger(long.refresh_in)).toBe(true);
    expect(await tokensOf(emulator)).not.toHaveProperty('refresh_in');
  });

  test('C5 [ED refresh-tokens.md]: a new refresh token each time, and the old one stays good', async () => {
    const { refresh_token: first } = await tokensOf(emulator);
    const fields = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(first) };
    const second = json(await postToken(emulator, fields)).refresh_token;
    expect(second).not.toBe(first);
    expect((await postToken(emulator, fields)).status).toBe(200);
  });

  test('C5 [ED v2-oauth2-auth-code-flow.md]: foci for an app of the family', async () => {
    const code = redirected(await signIn(strict, ADELE, { client_id: STRICT.family })).get('code') ?? '';
    const fields = { ...codeFields(code), client_id: STRICT.family, client_secret: 'right' };
    expect(json(await postToken(strict, fields)).foci).toBe('1');
    expect(await tokensOf(emulator)).not.toHaveProperty('foci');
  });

  test('C5 scope echo [ED v2-oauth2-device-code.md]: offline_access is never echoed', async () => {
    expect((await tokensOf(emulator)).scope).not.toContain('offline_access');
  });
});

describe('C5. ID tokens', () => {
  const claimsFor = async (client: string, changes: Record<string, string> = {}) => {
    const code = redirected(await signIn(strict, ADELE, { client_id: client, ...changes })).get('code') ?? '';
    const fields = { ...codeFields(code), client_id: client, client_secret: 'right' };
    return claimsOf(json(await postToken(strict, fields)).id_token);
  };

  test('C5 [ED optional-claims-reference.md]: sid and upn are optional claims of the manifest', async () => {
    expect(await claimsFor(STRICT.listing)).toMatchObject({ sid: expect.any(String), upn: ADELE });
    const plain = await claimsFor(STRICT.workOnly);
    expect([plain.sid, plain.upn]).toEqual([undefined, undefined]);
  });

  test('C5 [ED id-token-claims-reference.md]: email comes with its scope', async () => {
    expect(await claimsFor(STRICT.workOnly, { scope: 'openid profile email' })).toHaveProperty(
      'email',
      ADELE,
    );
    const sam = await tokensOf(emulator, SAM, { scope: 'openid profile email' });
    expect(claimsOf(sam.id_token)).toHaveProperty('email', SAM);
  });

  test('C5 [ED; MJ TEST_MSA]: the opaque claims, and the issuer of personal accounts', async () => {
    const opaque = expect.stringMatching(/^.{8,}$/);
    expect(await claimsFor(STRICT.workOnly)).toMatchObject({ aio: opaque, uti: opaque, rh: opaque });
    const personal = claimsOf((await tokensOf(emulator, SAM)).id_token);
    expect(personal).toMatchObject({ iss: `${emulator.baseUrl}/${PERSONAL}/v2.0`, aio: opaque, ver: '2.0' });
  });

  test('C5 nonce [EXP]: it comes from the authorization request only', async () => {
    const { refresh_token: token, id_token: first } = await tokensOf(emulator);
    expect(claimsOf(first).nonce).toBe('the-nonce');
    const fields = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
    const renewed = json(await postToken(emulator, { ...fields, nonce: 'another' })).id_token;
    expect(claimsOf(renewed)).not.toHaveProperty('nonce');
  });

  test('C5 [MC account/ClientInfo.ts]: different people, different home accounts', async () => {
    const infos = [await tokensOf(emulator, ADELE), await tokensOf(emulator, NIA)].map(
      ({ client_info: info }) => String(info),
    );
    expect(new Set(infos).size).toBe(2);
  });
});
