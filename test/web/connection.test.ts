import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeAuthority, type TestAuthority } from '../support/authority-certificates.ts';
import { BAD_HOSTS, closeBadHosts } from '../support/bad-hosts.ts';
import { createBrowser } from '../support/browser.ts';
import { openWorld, signedInBrowser } from '../support/world.ts';

let folder: string;
let authority: TestAuthority;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'connection-test-'));
  authority = makeAuthority(folder);
});
afterAll(() => {
  closeBadHosts();
  rmSync(folder, { recursive: true });
});

/** What this process, which knows no authority of a test, says of their certificates. */
const UNKNOWN = /unknown certificate authority \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)\..*NODE_EXTRA_CA_CERTS/;
const KINDS = BAD_HOSTS.filter(({ what }) => !/expired|not valid yet|another name/.test(what));
const WITH_CERTIFICATE = {
  what: 'of an unknown authority',
  open: BAD_HOSTS[0]?.open ?? KINDS[0]?.open,
  says: UNKNOWN,
};

/** A silence lasts as long as the app waits, so it is looked at in one place. */
const SHORT = KINDS.filter(({ what }) => what !== 'silence');

/** Words of the explanations that no page has. */
const INTERNALS = /localhost:\d+\b(?!\/)|ECONN|CERT|firewall|\bTLS\b|proxy/;

describe('the log says why a connection failed and what to do, and the page does not', () => {
  test.each([...SHORT, WITH_CERTIFICATE])('Graph is $what', async ({ open, says }) => {
    const graphEndpoint = (await open?.(authority)) ?? '';
    const world = await openWorld({
      config: { graphEndpoint },
    });
    const browser = await signedInBrowser(world);
    const page = await browser.visit(`${world.url}/graphcall`);
    const line = world.log.find(({ reason }) => String(reason).startsWith('graph_'));
    expect(line?.explanation).toMatch(says);
    expect([502, 504]).toContain(page.status);
    expect(page.text).not.toMatch(INTERNALS);
    await world.close();
  });

  test.each([...KINDS, WITH_CERTIFICATE])('the identity platform is $what', async ({ open, says }) => {
    const origin = await open?.(authority);
    const world = await openWorld({
      metadata: {
        authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
        token_endpoint: `${origin}/common/oauth2/v2.0/token`,
        end_session_endpoint: `${origin}/common/oauth2/v2.0/logout`,
        jwks_uri: `${origin}/common/discovery/v2.0/keys`,
      },
    });
    const browser = createBrowser();
    const left = await browser.visit(`${world.url}/login`, { redirects: 0 });
    const state = new URL(left.headers.location ?? '').searchParams.get('state');
    const page = await browser.visit(`${world.url}/getAToken?code=x&state=${state}`);
    const line = world.log.find(({ reason }) => String(reason).startsWith('authority_'));
    expect(line?.explanation).toMatch(says);
    expect([503, 504]).toContain(page.status);
    expect(page.text).not.toMatch(INTERNALS);
    await world.close();
  });
});
