import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, authorizeUrl, CLIENT_ID, finishSignIn, REDIRECT_URI } from '../stage.ts';
import { visitor } from '../visitor.ts';

// Each test names the row of the wire reference that it asserts, and that row's source.

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('D. logout', () => {
  test('front-channel logout tells every app of the session its sid, and nothing else (D)', async () => {
    const logoutUri = 'http://localhost:5000/signed-out';
    const registrations = [{ clientId: CLIENT_ID, redirectUris: [REDIRECT_URI], isPublic: true, logoutUri }];
    const own = await openEmulator({ seed: readSeed({ registrations }) });
    try {
      const who = visitor();
      const back = await finishSignIn(own, await who.get(authorizeUrl(own)), who, ADELE);
      const sid = new URL(back.headers.location ?? '').searchParams.get('session_state');
      const target = encodeURIComponent(REDIRECT_URI);
      const out = await who.get(
        `${own.baseUrl}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${target}`,
      );
      expect(out.text).toContain(`<iframe src="${logoutUri}?sid=${sid}"`);
      expect(out.headers['content-security-policy']).toContain('frame-src http://localhost:5000');
      expect(out.text).toContain(`<a id="onward" href="${REDIRECT_URI}">`);
    } finally {
      await own.close();
    }
  });
});
