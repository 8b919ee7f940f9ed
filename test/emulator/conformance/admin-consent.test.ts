import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, graph, REDIRECT_URI, stage, tokensOf } from '../stage.ts';
import { json, redirected, type Seen, visitor } from '../visitor.ts';
import { NIA } from './strict.ts';

// Each test names the row of the wire reference that it asserts, and that row's source.

let emulator: Emulator;
beforeAll(async () => {
  emulator = await stage();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

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
});
