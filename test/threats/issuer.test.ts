import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../src/config/config.ts';
import { beginAnew, fault, newlyKept, useWorld } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import {
  ADELE,
  attemptSignIn,
  callbackOf,
  knownBrowser,
  outcomeOf,
  refusal,
  secretsOf,
  signedIn,
  tokenRequests,
} from './support/outcome.ts';

const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const FABRIKAM = 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21';
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const SAM = 'sam.rivera@mailbox.example';

const issuerOf = ({ emulator }: World, tenantId: string) => `${emulator.baseUrl}/${tenantId}/v2.0`;
const encoded = (issuer: string) => `iss=${encodeURIComponent(issuer)}`;

/** Issuers that are not the authority's, as they stand in a query. */
const FOREIGN: readonly (readonly [string, (world: World) => string])[] = [
  ['another host', () => encoded(`https://login.evil.example/${CONTOSO}/v2.0`)],
  [
    'a host that begins with the right one',
    (world) => encoded(`${world.emulator.baseUrl}.evil.example/${CONTOSO}/v2.0`),
  ],
  ['another scheme', (world) => encoded(issuerOf(world, CONTOSO).replace('http:', 'https:'))],
  ['another cloud', () => encoded(`https://login.microsoftonline.us/${CONTOSO}/v2.0`)],
  ['the v1.0 issuer', () => encoded(`https://sts.windows.net/${CONTOSO}/`)],
  ['a slash at the end', (world) => encoded(`${issuerOf(world, CONTOSO)}/`)],
  ['something in front', (world) => encoded(` ${issuerOf(world, CONTOSO)}`)],
  ['the tenant in capitals', (world) => encoded(issuerOf(world, CONTOSO.toUpperCase()))],
  ['all of it in capitals', (world) => encoded(issuerOf(world, CONTOSO).toUpperCase())],
  ['the template of the metadata', (world) => encoded(issuerOf(world, '{tenantid}'))],
  ['the name of the authority for its tenant', (world) => encoded(issuerOf(world, 'common'))],
  ['a tenant that is no GUID', (world) => encoded(issuerOf(world, 'contoso.example'))],
  ['the right one, encoded twice', (world) => encoded(encodeURIComponent(issuerOf(world, CONTOSO)))],
  ['nothing', () => 'iss='],
  ['nothing, without a sign', () => 'iss'],
  [
    'the right one twice',
    (world) => `${encoded(issuerOf(world, CONTOSO))}&${encoded(issuerOf(world, CONTOSO))}`,
  ],
  ['the right one, then another', (world) => `${encoded(issuerOf(world, CONTOSO))}&iss=https://evil.example`],
  ['another, then the right one', (world) => `iss=https://evil.example&${encoded(issuerOf(world, CONTOSO))}`],
];

describe('an answer that names its issuer', () => {
  const world = useWorld();

  test('H42 as the authority is called signs in, and so does one that names none', async () => {
    for (const issuer of [encoded(issuerOf(world(), CONTOSO)), '']) {
      const browser = await knownBrowser(world());
      const callback = `${await callbackOf(browser, world())}&${issuer}`;
      const page = await browser.visit(callback, { redirects: 0 });
      const outcome = await outcomeOf(world(), browser, page, secretsOf(callback));
      expect([outcome.status, outcome.signedInAs, outcome.leaks]).toEqual([302, ADELE, []]);
    }
  });

  test.each(FOREIGN)('H42 as %s is refused before its code is redeemed', async (_name, queryOf) => {
    const browser = await knownBrowser(world());
    const callback = await callbackOf(browser, world());
    const copy = browser.copy();
    const page = await browser.visit(`${callback}&${queryOf(world())}`);
    expect(await outcomeOf(world(), browser, page, [...secretsOf(callback), 'evil.example'])).toEqual(
      refusal(400, 'issuer_refused', 0),
    );
    const again = await copy.visit(callback);
    expect([again.status, await newlyKept(world())]).toEqual([400, 0]);
  });

  test.each(FOREIGN)('H42 as %s is not believed about an error either', async (_name, queryOf) => {
    const browser = await knownBrowser(world());
    const state = new URL(await callbackOf(browser, world())).searchParams.get('state');
    const error = 'error=access_denied&error_description=AADSTS65004: CANARY';
    const page = await browser.visit(`${world().url}/getAToken?${error}&state=${state}&${queryOf(world())}`);
    expect(page.text).not.toMatch(/65004|CANARY/);
    expect(await outcomeOf(world(), browser, page)).toEqual(refusal(400, 'issuer_refused', 0));
  });

  test('H42 with an error of the authority itself: the error counts', async () => {
    const browser = await knownBrowser(world());
    const state = new URL(await callbackOf(browser, world())).searchParams.get('state');
    const query = `error=access_denied&state=${state}&${encoded(issuerOf(world(), CONTOSO))}`;
    const page = await browser.visit(`${world().url}/getAToken?${query}`);
    expect(await outcomeOf(world(), browser, page)).toEqual(refusal(403, 'sign_in_declined', 0));
  });

  test('H42 as another tenant than the ID token does: nobody is signed in', async () => {
    const browser = await knownBrowser(world());
    const callback = await callbackOf(browser, world());
    const page = await browser.visit(`${callback}&${encoded(issuerOf(world(), FABRIKAM))}`);
    expect(await outcomeOf(world(), browser, page, secretsOf(callback))).toEqual(
      refusal(400, 'id_token_refused'),
    );
  });

  test('H42 a foreign one leaves whoever is signed in as they are', async () => {
    const browser = await signedIn(world());
    const callback = await callbackOf(browser, world());
    const page = await browser.visit(`${callback}&iss=https://evil.example`);
    const { status, signedInAs } = await outcomeOf(world(), browser, page);
    expect([status, signedInAs]).toEqual([400, ADELE]);
  });
});

/** Authority, allowed tenants, the issuer’s tenant, and what happens: by the settings, before anything is redeemed. */
const RULES: readonly (readonly [string, Partial<Config>, string, string, 302 | 403])[] = [
  ['one tenant, its own', authority(CONTOSO), CONTOSO, ADELE, 302],
  ['one tenant, another', authority(CONTOSO), FABRIKAM, ADELE, 403],
  ['organizations, a tenant', authority('organizations'), CONTOSO, ADELE, 302],
  ['organizations, personal accounts', authority('organizations'), PERSONAL, ADELE, 403],
  ['consumers, personal accounts', authority('consumers'), PERSONAL, SAM, 302],
  ['consumers, a tenant', authority('consumers'), CONTOSO, SAM, 403],
  ['a list of tenants, one on it', { allowedTenants: [CONTOSO] }, CONTOSO, ADELE, 302],
  ['a list of tenants, one not on it', { allowedTenants: [CONTOSO] }, FABRIKAM, ADELE, 403],
];

function authority(tenant: string): Partial<Config> {
  return { authority: `https://login.microsoftonline.com/${tenant}` };
}

describe('whose issuer may be named', () => {
  test.each(RULES)('H42 %s', async (_name, config, tenantId, username, status) => {
    const world = await openWorld({ config });
    const browser = await knownBrowser(world, username);
    const callback = await callbackOf(browser, world);
    const requests = world.emulator.ledger().length;
    const page = await browser.visit(`${callback}&${encoded(issuerOf(world, tenantId))}`, { redirects: 0 });
    expect([page.status, world.emulator.ledger().length > requests]).toEqual([status, status === 302]);
    await world.close();
  });

  test.each([
    [
      'External ID',
      `https://${CONTOSO}.ciamlogin.com/${CONTOSO}/v2.0`,
      `https://contoso.ciamlogin.com/${CONTOSO}/v2.0`,
    ],
    [
      'a user flow of B2C',
      `https://contoso.b2clogin.com/${CONTOSO}/v2.0/`,
      `https://contoso.b2clogin.com/${CONTOSO}/v2.0`,
    ],
    [
      'a user flow of B2C that names itself',
      `https://contoso.b2clogin.com/tfp/${CONTOSO}/b2c_1_signin/v2.0/`,
      `https://contoso.b2clogin.com/tfp/${CONTOSO}/b2c_1_reset/v2.0/`,
    ],
    [
      'China',
      `https://login.partner.microsoftonline.cn/${CONTOSO}/v2.0`,
      `https://login.chinacloudapi.cn/${CONTOSO}/v2.0`,
    ],
    ['a domain without an id', 'https://login.contoso.example/v2.0', 'https://login.contoso.example/v2.0/'],
  ])('H42 %s: its own alone is redeemed', async (_name, issuer, other) => {
    const world = await openWorld({
      config: authority(CONTOSO),
      metadata: { issuer },
    });
    await beginAnew(world);
    const browser = await knownBrowser(world);
    const refused = await browser.visit(`${await callbackOf(browser, world)}&${encoded(other)}`);
    expect([refused.status, tokenRequests(world)]).toEqual([400, 0]);
    await browser.visit(`${await callbackOf(browser, world)}&${encoded(issuer)}`);
    expect(tokenRequests(world)).toBe(1);
    await world.close();
  });
});

describe('a platform that says that it always names its issuer', () => {
  const world = useWorld({ metadata: { authorization_response_iss_parameter_supported: true } });

  test('H42 signs people in, and is believed about errors', async () => {
    fault(world(), { at: 'authorize', times: 'always', fault: { kind: 'authorize-issuer' } });
    const { browser, page, secrets } = await attemptSignIn(world());
    const { status, signedInAs } = await outcomeOf(world(), browser, page, secrets);
    expect([status, signedInAs]).toEqual([302, ADELE]);
  });

  test('H42 does not sign anybody in with a code that names none', async () => {
    const { browser, page, secrets } = await attemptSignIn(world());
    expect(await outcomeOf(world(), browser, page, secrets)).toEqual(refusal(400, 'issuer_refused', 0));
  });

  test('H42 is not believed about an error that names none', async () => {
    const browser = await knownBrowser(world());
    const state = new URL(await callbackOf(browser, world())).searchParams.get('state');
    const page = await browser.visit(`${world().url}/getAToken?error=access_denied&state=${state}`);
    expect(await outcomeOf(world(), browser, page)).toEqual(refusal(400, 'issuer_refused', 0));
  });
});

test.each(['true', 1, false, null, {}])(
  'H42 a platform that says %j of naming its issuer does not say that it does',
  async (authorization_response_iss_parameter_supported) => {
    const world = await openWorld({ metadata: { authorization_response_iss_parameter_supported } });
    expect((await attemptSignIn(world)).page.status).toBe(302);
    await world.close();
  },
);
