import { ConfidentialClientApplication, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, CLIENT_ID, codeFields, postToken, REDIRECT_URI, SECRET, signIn, tokensOf } from '../stage.ts';
import { json, redirected, visitor } from '../visitor.ts';
import { SAM } from './strict.ts';

// The table of section C6 of the wire reference: what each number looks like in a token response, and what MSAL Node
// makes of it. Cells that nobody has confirmed are left out here too.

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** MSAL Node over the emulator's endpoints, as docs/emulator.md shows it. */
function msalNode(): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: CLIENT_ID,
      clientSecret: SECRET,
      authority: 'https://login.microsoftonline.com/common',
      authorityMetadata: JSON.stringify(emulator.openidConfiguration('common')),
    },
  });
}

const redeem = (): Promise<unknown> =>
  msalNode()
    .acquireTokenByCode({ code: 'any', scopes: ['User.Read'], redirectUri: REDIRECT_URI })
    .then(
      () => 'tokens',
      (error: unknown) => error,
    );

interface Row {
  readonly code: number;
  readonly error: string;
  readonly status: number;
  readonly suberror?: string;
  readonly claims?: string;
  readonly msal?: 'interaction' | 'server';
  readonly source: string;
}

const POLICY = { error: 'invalid_grant', status: 400 } as const;
const ROWS: readonly Row[] = [
  { code: 50013, ...POLICY, msal: 'server', source: 'gh msgraph-sdk-php#1585' },
  { code: 50056, ...POLICY, msal: 'server', source: 'ED' },
  {
    ...{ code: 50076, ...POLICY, suberror: 'basic_action', claims: 'capolids' },
    ...{ msal: 'interaction', source: 'gh …-for-js#5491' },
  },
  {
    ...{ code: 50079, error: 'interaction_required', status: 400, claims: 'polids' },
    ...{ msal: 'interaction', source: 'ED v2-oauth2-on-behalf-of-flow.md; MJ' },
  },
  { code: 50126, ...POLICY, msal: 'server', source: 'gh …-for-dotnet#1126; azure-docs#67454' },
  { code: 50173, ...POLICY, suberror: 'bad_token', msal: 'interaction', source: 'NOCK 4144670320' },
  { code: 53000, ...POLICY, source: 'ED' },
  { code: 53001, ...POLICY, source: 'ED' },
  { code: 53002, ...POLICY, source: 'ED' },
  {
    ...{ code: 53003, ...POLICY, suberror: 'message_only', claims: 'capolids' },
    ...{ msal: 'interaction', source: 'FS:34066688588' },
  },
  { code: 54005, ...POLICY, msal: 'server', source: 'gh dnn.azureadprovider#17' },
  {
    code: 65001,
    ...POLICY,
    suberror: 'consent_required',
    msal: 'interaction',
    source: 'gh azure-docs#39189',
  },
  { code: 70000, ...POLICY, msal: 'server', source: 'FS:37933293016' },
  { code: 70002, error: 'invalid_client', status: 401, msal: 'server', source: 'gh vgrem/phpSPO#44' },
  { code: 70003, error: 'unsupported_grant_type', status: 400, msal: 'server', source: 'ED' },
  { code: 70008, ...POLICY, msal: 'server', source: 'ED' },
  { code: 700081, ...POLICY, suberror: 'bad_token', msal: 'interaction', source: 'gh foundry-dev-tools#707' },
  { code: 700082, ...POLICY, suberror: 'bad_token', msal: 'interaction', source: 'gh azure-cli#14244' },
  { code: 700084, ...POLICY, source: 'ED' },
  {
    code: 70043,
    ...POLICY,
    suberror: 'token_expired',
    msal: 'server',
    source: 'gh microsoft/vscode-mssql#22364',
  },
  { code: 70011, error: 'invalid_scope', status: 400, msal: 'server', source: 'ED' },
  { code: 70016, error: 'authorization_pending', status: 400, source: 'MJ' },
  { code: 70018, error: 'bad_verification_code', status: 400, source: 'ED' },
  { code: 70019, error: 'expired_token', status: 400, source: 'ED' },
  { code: 700016, error: 'unauthorized_client', status: 400, msal: 'server', source: 'gh vipps#183' },
  { code: 700025, error: 'invalid_client', status: 401, msal: 'server', source: 'gh azure-docs#96567' },
  { code: 700027, error: 'invalid_client', status: 401, msal: 'server', source: 'FS:26149908004' },
  {
    code: 7000215,
    error: 'invalid_client',
    status: 401,
    msal: 'server',
    source: 'gh M365 agents toolkit#8621',
  },
  { code: 7000216, error: 'invalid_client', status: 401, source: 'gh azure-docs#30777' },
  {
    code: 7000218,
    error: 'invalid_client',
    status: 401,
    msal: 'server',
    source: 'gh secureworks/TokenMan#1',
  },
  { code: 7000222, error: 'invalid_client', status: 401, msal: 'server', source: 'gh botframework-sdk#6221' },
  { code: 500011, error: 'invalid_resource', status: 400, msal: 'server', source: 'DN MockHelpers' },
  { code: 501481, ...POLICY, msal: 'server', source: 'gh …-for-js#7425' },
  { code: 50148, ...POLICY, msal: 'server', source: 'gh …-for-js#5044' },
  { code: 90002, error: 'invalid_tenant', status: 400, source: 'A4' },
  { code: 90010, error: 'invalid_request', status: 400, source: 'ED' },
  { code: 9001023, error: 'invalid_request', status: 400, source: 'ED' },
  {
    code: 90014,
    error: 'invalid_request',
    status: 400,
    msal: 'server',
    source: 'gh laravel-azure-middleware#49',
  },
  { code: 900144, error: 'invalid_request', status: 400, msal: 'server', source: 'ED' },
  { code: 90094, error: 'access_denied', status: 400, source: 'ED; B5' },
  { code: 9002313, ...POLICY, suberror: 'bad_token', msal: 'interaction', source: 'MJ StringConstants' },
  { code: 9002327, error: 'invalid_request', status: 400, source: 'ED' },
];

/** Numbers of C6 whose HTTP status is a guess. */
const STATUS_UNKNOWN = [700025, 700027, 7000216];
const CLASSES = { interaction: InteractionRequiredAuthError, server: ServerError } as const;

describe('C6. each number in a token answer', () => {
  test.each(ROWS.map((row) => [row.code, row.source, row] as const))(
    'C6 %d [%s]',
    async (code, _source, row) => {
      emulator.addFault({ at: 'token', times: 2, fault: { kind: 'aadsts', code } });
      const seen = await postToken(emulator, codeFields('any'));
      const body = json(seen);
      if (!STATUS_UNKNOWN.includes(code)) expect(seen.status).toBe(row.status);
      expect([body.error, body.error_codes, body.suberror]).toEqual([row.error, [code], row.suberror]);
      expect(body.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
      const claims = typeof body.claims === 'string' ? JSON.parse(body.claims) : undefined;
      if (row.claims === undefined) expect(body).not.toHaveProperty('claims');
      else expect(claims.access_token[row.claims]).toEqual({ essential: true, values: [expect.any(String)] });
      if (row.msal === undefined) return;
      const thrown = await redeem();
      expect(thrown).toBeInstanceOf(CLASSES[row.msal]);
      expect(String(thrown)).toContain(String(code));
    },
  );

  test.each([
    'invalid_request',
    'invalid_grant',
    'unauthorized_client',
    'invalid_client',
    'unsupported_grant_type',
    'invalid_resource',
    'interaction_required',
    'temporarily_unavailable',
    'consent_required',
    'invalid_scope',
  ])('C6 [ED v2-oauth2-auth-code-flow.md]: the OAuth error %s, of any number', async (error) => {
    emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 50000, error } });
    expect(json(await postToken(emulator, codeFields('any')))).toMatchObject({ error, error_codes: [50000] });
  });

  const NEEDS_PERSON = [
    'message_only',
    'additional_action',
    'basic_action',
    'user_password_expired',
    'consent_required',
    'bad_token',
    'ui_not_allowed',
    'interrupted_user',
  ];
  const OTHERS = [
    'token_expired',
    'protection_policy_required',
    'client_mismatch',
    'device_authentication_failed',
  ];
  test.each([...NEEDS_PERSON, ...OTHERS])(
    'C6 [MC error/InteractionRequiredAuthError.ts; DN MsalError.cs]: the suberror %s at MSAL Node',
    async (suberror) => {
      emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 50000, suberror } });
      const thrown = await redeem();
      expect(thrown instanceof InteractionRequiredAuthError).toBe(NEEDS_PERSON.includes(suberror));
      expect(thrown).toHaveProperty('subError', suberror);
    },
  );
});

describe('C6. what brings them about', () => {
  const code = async (): Promise<string> => redirected(await signIn(emulator)).get('code') ?? '';

  test('C6 50011 [gh azure-docs#86043]: another redirect URI at the token endpoint', async () => {
    const fields = { ...codeFields(await code()), redirect_uri: 'http://localhost:5000/other' };
    expect(json(await postToken(emulator, fields))).toMatchObject({
      error: 'invalid_client',
      error_codes: [50011],
    });
  });

  test('C6 54005 [gh dnn.azureadprovider#17], 501481 [gh …-for-js#7425]: used before, another verifier', async () => {
    const fields = codeFields(await code());
    const verifier = { code_verifier: 'another-verifier-that-is-long-enough-for-the-rules' };
    expect(json(await postToken(emulator, { ...fields, ...verifier })).error_codes).toEqual([501481]);
    await postToken(emulator, fields);
    expect(json(await postToken(emulator, fields)).error_description).toContain(
      'AADSTS54005: OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    );
  });

  test('C6 70008, 700082 [gh azure-cli#14244]: too late for the code, too late for the refresh token', async () => {
    let nowMs = Date.now();
    const later = await openEmulator({ now: () => nowMs });
    try {
      const { refresh_token: token } = await tokensOf(later);
      const fields = codeFields(redirected(await signIn(later)).get('code') ?? '');
      nowMs += 600_000;
      expect(json(await postToken(later, fields)).error_codes).toEqual([70008]);
      nowMs += 90 * 86_400_000;
      const refresh = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
      expect(json(await postToken(later, refresh))).toMatchObject({
        error_codes: [700082],
        suberror: 'bad_token',
      });
    } finally {
      await later.close();
    }
  });

  test('C6 70000 [gh active-directory-dotnet-native-aspnetcore-v2#66]: a scope nobody granted, personal account', async () => {
    const { refresh_token: token } = await tokensOf(emulator, SAM);
    const refresh = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
    expect(json(await postToken(emulator, { ...refresh, scope: 'Mail.Read' }))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70000],
      error_description: expect.stringContaining(
        'The request was denied because one or more scopes requested are unauthorized or expired. The user must first sign in and grant the client application access to the requested scope.',
      ),
    });
  });

  test('C6 50173 [NOCK 4144670320]: the words of a revoked token', async () => {
    const { refresh_token: token } = await tokensOf(emulator);
    await visitor().post(`${emulator.baseUrl}/_emulator/revoke`, { username: ADELE });
    const refresh = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
    expect(json(await postToken(emulator, refresh)).error_description).toMatch(
      /^AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed\. The user might have changed or reset their password\. The grant was issued on '\d{4}-[^']+' and the TokensValidFrom date \(before which tokens are not valid\) for this user is '\d{4}-[^']+'\./,
    );
  });
});
