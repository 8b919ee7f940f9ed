import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, authorizeUrl, CONTOSO, signIn } from '../stage.ts';
import { formAction, redirected, visitor } from '../visitor.ts';
import { GUID, NIA, STRICT, strictStage } from './strict.ts';

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

describe('B5. errors at the app', () => {
  test.each([
    'invalid_request',
    'unauthorized_client',
    'access_denied',
    'unsupported_response_type',
    'server_error',
    'temporarily_unavailable',
    'invalid_resource',
    'login_required',
    'interaction_required',
  ])('B5 [ED v2-oauth2-auth-code-flow.md]: %s comes with its state', async (error) => {
    emulator.addFault({ at: 'authorize', fault: { kind: 'authorize-error', error } });
    const back = redirected(await visitor().get(authorizeUrl(emulator)));
    expect(Object.fromEntries(back)).toEqual({ error, state: 'the state' });
  });

  test.each([
    ['token', 700051],
    ['magic', 70005],
  ])(
    'B5 [ED reference-error-codes.md]: response_type=%s is unsupported_response_type, %d',
    async (type, code) => {
      const back = redirected(await visitor().get(authorizeUrl(emulator, { response_type: type })));
      expect([back.get('error'), back.get('error_uri')]).toEqual([
        'unsupported_response_type',
        `https://login.microsoftonline.com/error?code=${code}`,
      ]);
    },
  );

  test('B5 [FS:71423271969]: a non-admin who accepts all the same: access_denied, AADSTS90094', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator, { scope: 'User.Read.All openid' }));
    const action = formAction(picker, emulator.baseUrl);
    const back = redirected(await who.post(action, { account: ADELE, decision: 'accept' }));
    expect([back.get('error'), back.get('error_uri')]).toEqual([
      'access_denied',
      'https://login.microsoftonline.com/error?code=90094',
    ]);
  });

  test('B3, B5 [ED; gh …-for-js#1001]: prompt=none shows no page about a person who is not assigned', async () => {
    const who = visitor();
    await signIn(strict, ADELE, { client_id: STRICT.workOnly }, who);
    const url = authorizeUrl(strict, { client_id: STRICT.assigned, prompt: 'none' });
    const back = redirected(await who.get(url));
    expect([back.get('error'), back.get('error_description')]).toEqual([
      'interaction_required',
      expect.stringMatching(/^AADSTS50105: /),
    ]);
  });

  test.each([50072, 50074, 50076, 50079, 53000, 53001, 53002, 53003, 53004])(
    'B5 [ED v2-protocols-oidc.md]: prompt=none where something needs a page (%d) is interaction_required',
    async (code) => {
      emulator.addFault({ at: 'authorize', fault: { kind: 'aadsts', code } });
      const back = redirected(await visitor().get(authorizeUrl(emulator, { prompt: 'none' })));
      expect([back.get('error'), back.get('error_uri'), back.get('state')]).toEqual([
        'interaction_required',
        `https://login.microsoftonline.com/error?code=${code}`,
        'the state',
      ]);
    },
  );

  test('B5 [ED; gh azure-docs#114009]: suberror and claims come where there are any', async () => {
    emulator.addFault({ at: 'authorize', fault: { kind: 'aadsts', code: 50076 } });
    const back = redirected(await visitor().get(authorizeUrl(emulator, { prompt: 'none' })));
    expect(back.get('suberror')).toBe('basic_action');
    expect(JSON.parse(back.get('claims') ?? '')).toHaveProperty('access_token.capolids.essential', true);
    const again = await signIn(emulator, ADELE, { claims: back.get('claims') ?? '' });
    expect(redirected(again).get('code')).toBeTruthy();
  });
});

describe('B6. pages', () => {
  test.each([50072, 50074, 53004, 90072])(
    'B6, C6 [ED reference-error-codes.md]: %d is a page, not a redirect',
    async (code) => {
      emulator.addFault({ at: 'authorize', fault: { kind: 'aadsts', code } });
      const seen = await visitor().get(authorizeUrl(emulator));
      expect(seen.headers.location).toBeUndefined();
      expect(seen.text).toContain(`AADSTS${code}: `);
    },
  );

  test('B6 [gh OneDrive/onedrive-api-docs#950; gh railsgirls#521]: what the page says', async () => {
    const seen = await visitor().get(authorizeUrl(strict, { redirect_uri: 'http://localhost/x' }, CONTOSO));
    expect(seen.text).toContain('<h1>Sign in to your account</h1>');
    const facts = [...seen.text.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)<\/dd>/g)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(facts).toEqual([
      ['Request Id', expect.stringMatching(GUID)],
      ['Correlation Id', expect.stringMatching(GUID)],
      ['Timestamp', expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/)],
      ['Message', expect.stringMatching(/^AADSTS\d+/)],
    ]);
  });

  test('B6 [gh okieselbach/AutopilotMonitor#37; gh nextauthjs/next-auth#5455]: their words', async () => {
    const uri = 'http://localhost/x';
    const client = STRICT.single;
    const mismatch = await visitor().get(
      authorizeUrl(strict, { client_id: client, redirect_uri: uri }, CONTOSO),
    );
    expect(mismatch.text.replaceAll('&#39;', "'")).toContain(
      `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${client}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more`,
    );
    const blocked = await signIn(strict, ADELE, { client_id: STRICT.assigned });
    expect(blocked.text.replaceAll('&#39;', "'")).toContain(
      `to block users unless they are specifically granted ('assigned') access to the application. The signed in user '${ADELE}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator.`,
    );
    expect(redirected(await signIn(strict, NIA, { client_id: STRICT.assigned })).get('code')).toBeTruthy();
  });
});
