import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { CLIENT_ID, postToken } from '../stage.ts';
import { json, visitor } from '../visitor.ts';

// Each test names the row of the wire reference that it asserts, and that row's source.

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('F. device code', () => {
  test('[NOCK; ED v2-oauth2-device-code.md]: the answer, pending, and a code nobody has', async () => {
    const scope = 'User.Read openid';
    const seen = await visitor().post(`${emulator.baseUrl}/common/oauth2/v2.0/devicecode`, {
      client_id: CLIENT_ID,
      scope,
    });
    const answer = json(seen);
    expect(answer).toMatchObject({ expires_in: 900, interval: 5 });
    expect(answer.message).toBe(
      `To sign in, use a web browser to open the page ${answer.verification_uri} and enter the code ${answer.user_code} to authenticate.`,
    );
    const poll = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: CLIENT_ID };
    const pending = await postToken(emulator, { ...poll, device_code: String(answer.device_code) });
    expect(json(pending)).toMatchObject({ error: 'authorization_pending', error_codes: [70016] });
    const unknown = await postToken(emulator, { ...poll, device_code: 'nobody-has-this' });
    expect(json(unknown).error).toBe('bad_verification_code');
  });

  test('[ED v2-oauth2-device-code.md]: client_id and scope are required', async () => {
    const url = `${emulator.baseUrl}/common/oauth2/v2.0/devicecode`;
    for (const fields of [{ client_id: CLIENT_ID }, { scope: 'openid' }])
      expect(json(await visitor().post(url, fields as Record<string, string>)).error_codes).toEqual([900144]);
  });

  test('[ED]: who enters the code of an app that was taken out meanwhile is told so', async () => {
    const strict = await openEmulator({ strictRegistrations: true });
    try {
      const seen = await visitor().post(`${strict.baseUrl}/common/oauth2/v2.0/devicecode`, {
        client_id: CLIENT_ID,
        scope: 'openid',
      });
      strict.removeRegistration(CLIENT_ID);
      const page = await visitor().get(`${strict.baseUrl}/devicelogin?user_code=${json(seen).user_code}`);
      expect([page.status, page.text]).toEqual([400, expect.stringContaining('AADSTS700016')]);
    } finally {
      await strict.close();
    }
  });

  test('[ED]: after fifteen minutes it has expired', async () => {
    let nowMs = Date.now();
    const later = await openEmulator({ now: () => nowMs });
    try {
      const seen = await visitor().post(`${later.baseUrl}/common/oauth2/v2.0/devicecode`, {
        client_id: CLIENT_ID,
        scope: 'openid',
      });
      nowMs += 900_000;
      const poll = {
        grant_type: 'device_code',
        client_id: CLIENT_ID,
        device_code: String(json(seen).device_code),
      };
      expect(json(await postToken(later, poll)).error).toBe('expired_token');
    } finally {
      await later.close();
    }
  });
});
