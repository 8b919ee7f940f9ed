import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, claimsOf, graph, postToken, REDIRECT_URI, tokensOf } from '../stage.ts';
import { json, redirected, type Seen, visitor } from '../visitor.ts';
import { NIA, PRIYA, STRICT, strictStage } from './strict.ts';

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

describe('E. admin consent', () => {
  const url = (path: string, fields: Record<string, string>) =>
    `${emulator.baseUrl}/${path}?${new URLSearchParams({ client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, state: 's', ...fields })}`;
  const decide = async (address: string, username: string, decision: string): Promise<Seen> => {
    const who = visitor();
    await who.get(address);
    return who.post(address, { account: username, decision });
  };

  test('v1 [ED v2-oauth2-client-creds-grant-flow.md]: granted, and cancelled', async () => {
    const address = url('common/adminconsent', {});
    expect(redirected(await decide(address, NIA, 'accept')).toString()).toBe(
      `admin_consent=True&tenant=${CONTOSO}&state=s`,
    );
    expect(redirected(await decide(address, NIA, 'cancel')).toString()).toBe(
      'error=permission_denied&error_description=The+admin+canceled+the+request&state=s',
    );
  });

  test('v2 [ED v2-admin-consent.md; gh azure-docs#114009]: granted, and declined', async () => {
    const address = url('organizations/v2.0/adminconsent', { scope: 'User.Read.All' });
    expect(redirected(await decide(address, NIA, 'accept')).toString()).toBe(
      `admin_consent=True&tenant=${CONTOSO}&scope=User.Read.All&state=s`,
    );
    const declined = redirected(await decide(address, NIA, 'cancel'));
    expect([...declined.keys()]).toEqual([
      'error',
      'error_description',
      'error_uri',
      'admin_consent',
      'state',
    ]);
    expect(declined.get('error')).toBe('access_denied');
  });

  test('E [B5]: somebody without the role can only go back', async () => {
    const address = url(`${CONTOSO}/v2.0/adminconsent`, { scope: 'User.Read.All' });
    expect((await visitor().post(address, { account: ADELE })).text).toContain('Need admin approval');
    expect(redirected(await decide(address, ADELE, 'accept')).toString()).toBe(
      'error=access_denied&error_subcode=cancel&state=s',
    );
  });

  test('what an administrator granted, everybody of the organisation has', async () => {
    await decide(
      url(`${CONTOSO}/v2.0/adminconsent`, { scope: 'User.Read.All openid profile' }),
      NIA,
      'accept',
    );
    const tokens = await tokensOf(emulator, ADELE, { scope: 'User.Read.All openid profile' });
    const other = json(await graph(emulator, `/users/${NIA}`, tokens.access_token));
    expect(other.jobTitle).toBe('IT Administrator');
  });

  test('E [gh azure-docs#114009]: an administrator of another tenant is told to the app, 50020 as access_denied', async () => {
    const back = redirected(
      await decide(url(`${CONTOSO}/v2.0/adminconsent`, { scope: 'User.Read' }), PRIYA, 'accept'),
    );
    expect([back.get('error'), back.get('error_uri'), back.get('admin_consent'), back.get('state')]).toEqual([
      'access_denied',
      'https://login.microsoftonline.com/error?code=50020',
      'True',
      's',
    ]);
  });

  const strictUrl = (path: string, fields: Record<string, string>): string =>
    `${strict.baseUrl}/${path}?${new URLSearchParams({ client_id: STRICT.listing, state: 's', ...fields })}`;
  const rolesOf = async (): Promise<unknown> => {
    const fields = { grant_type: 'client_credentials', client_id: STRICT.listing, client_secret: 'right' };
    const scope = 'https://graph.microsoft.com/.default';
    return claimsOf(json(await postToken(strict, { ...fields, scope }, CONTOSO)).access_token).roles;
  };

  test('E [ED v2-oauth2-client-creds-grant-flow.md]: the redirect URI is a registered one; v1 takes more segments', async () => {
    const below = `${REDIRECT_URI}/more`;
    const v1 = await visitor().get(strictUrl('common/adminconsent', { redirect_uri: below }));
    expect(v1.text).toContain('Choose an account');
    const back = await decide(strictUrl('common/adminconsent', { redirect_uri: below }), NIA, 'accept');
    expect(back.headers.location?.startsWith(`${below}?admin_consent=True`)).toBe(true);
    const asked = { redirect_uri: below, scope: 'User.Read' };
    const v2 = await visitor().get(strictUrl('organizations/v2.0/adminconsent', asked));
    expect(v2.text).toContain('AADSTS50011');
    for (const uri of [`${REDIRECT_URI}x`, `${REDIRECT_URI}/../../x`, 'http://localhost:5000/other']) {
      const refused = await visitor().get(strictUrl('common/adminconsent', { redirect_uri: uri }));
      expect(refused.text).toContain('AADSTS50011');
    }
  });

  test('E [ED]: v1 grants all that the registration lists', async () => {
    expect(await rolesOf()).toBeUndefined();
    const page = await visitor().post(strictUrl(`${CONTOSO}/adminconsent`, {}), { account: NIA });
    expect([page.text.includes('Mail.Read'), page.text.includes('User.Read.All')]).toEqual([true, true]);
    await decide(strictUrl(`${CONTOSO}/adminconsent`, {}), NIA, 'accept');
    expect(await rolesOf()).toEqual(['User.Read.All']);
  });

  test('E [ED]: v2 grants the scopes asked, and with .default all that is listed', async () => {
    const consent = (scope: string): Promise<Seen> =>
      decide(strictUrl(`${CONTOSO}/v2.0/adminconsent`, { redirect_uri: REDIRECT_URI, scope }), NIA, 'accept');
    await consent('User.Read');
    expect(await rolesOf()).toBeUndefined();
    await consent('https://graph.microsoft.com/.default');
    expect(await rolesOf()).toEqual(['User.Read.All']);
  });
});
