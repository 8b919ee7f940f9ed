import { describe, expect, test } from '@jest/globals';
import { createBrowser } from '../support/browser.ts';
import { fault, useWorld } from '../support/stage.ts';
import { ADELE, NIA, signedIn } from './support/outcome.ts';

const world = useWorld();

describe('the platform’s own sign-out, in a frame', () => {
  test('E36 ends the session with that id and no other, for its own issuer only', async () => {
    fault(world(), {
      at: 'token',
      fault: { kind: 'id-token', claims: { sid: 'a-session-of-the-platform' } },
    });
    const [one, other] = [await signedIn(world()), await signedIn(world(), NIA)];
    const frame = (query: string) =>
      createBrowser().visit(`${world().url}/logout/frontchannel?${query}`, {
        headers: { 'Sec-Fetch-Site': 'cross-site' },
      });
    for (const query of [
      '',
      'sid=',
      'sid=a-session-of-the-platform&sid=x',
      'sid[]=a-session-of-the-platform',
      'sid=another',
      'sid=a-session-of-the-platform&iss=https://evil.example/v2.0',
      'sid=a-session-of-the-platform&iss=',
      'sid=a-session-of-the-platform&iss=https://evil.example/v2.0&iss=https://evil.example/v2.0',
    ]) {
      expect((await frame(query)).status).toBeLessThan(500);
      expect((await one.visit(`${world().url}/`)).text).toContain(ADELE);
    }
    const page = await frame('sid=a-session-of-the-platform');
    expect(page.headers['content-security-policy']).toBe(
      `default-src 'none'; frame-ancestors ${world().emulator.baseUrl}`,
    );
    expect((await one.visit(`${world().url}/`)).text).not.toContain(ADELE);
    expect((await other.visit(`${world().url}/`)).text).toContain(NIA);
  });

  test.each(['/logout/everywhere', '/logout/here'])('E36 %s is not for other sites to use', async (path) => {
    const browser = await signedIn(world());
    const foreignly = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    const page = await browser.visit(`${world().url}${path}`, {
      method: 'POST',
      headers: foreignly,
      redirects: 0,
    });
    expect(page.status).toBe(403);
    expect((await browser.visit(`${world().url}/`)).text).toContain(ADELE);
  });
});
