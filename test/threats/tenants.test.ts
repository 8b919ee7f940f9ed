import { describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Config } from '../../src/config/config.ts';
import { beginAnew, fault } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import { ADELE, attemptSignIn, knownBrowser, outcomeOf, refusal } from './support/outcome.ts';

const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const FABRIKAM = 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21';
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const PRIYA = 'priya.raman@fabrikam.example';
const JONAS = 'jonas.lindqvist@tailspin.example';
const SAM = 'sam.rivera@mailbox.example';

/** Who may sign in where: authority, allowed tenants, username. */
const RULES: readonly (readonly [string, Partial<Config>, string, 302 | 403])[] = [
  [
    'one tenant, one of its people',
    { authority: `https://login.microsoftonline.com/${CONTOSO}` },
    ADELE,
    302,
  ],
  ['one tenant, a guest in it', { authority: `https://login.microsoftonline.com/${CONTOSO}` }, JONAS, 302],
  [
    'organizations, somebody at work',
    { authority: 'https://login.microsoftonline.com/organizations' },
    PRIYA,
    302,
  ],
  [
    'organizations, a personal account',
    { authority: 'https://login.microsoftonline.com/organizations' },
    SAM,
    403,
  ],
  ['consumers, a personal account', { authority: 'https://login.microsoftonline.com/consumers' }, SAM, 302],
  ['consumers, somebody at work', { authority: 'https://login.microsoftonline.com/consumers' }, ADELE, 403],
  ['a list of tenants, one on it', { allowedTenants: [FABRIKAM, CONTOSO] }, PRIYA, 302],
  ['a list of tenants, one not on it', { allowedTenants: [FABRIKAM] }, ADELE, 403],
  [
    'a list of tenants, a guest whose home is on it',
    { allowedTenants: ['c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32'] },
    JONAS,
    403,
  ],
  ['a list of tenants, a personal account', { allowedTenants: [CONTOSO] }, SAM, 403],
  ['a list with the personal tenant, a personal account', { allowedTenants: [PERSONAL] }, SAM, 302],
];

describe('who may sign in', () => {
  test.each(RULES)('C18 %s', async (_name, config, username, status) => {
    const world = await openWorld({ config });
    await beginAnew(world);
    const { browser, page, secrets } = await attemptSignIn(world, username);
    const outcome = await outcomeOf(world, browser, page, secrets);
    await world.close();
    if (status === 302) expect([outcome.status, outcome.signedInAs]).toEqual([302, username]);
    else expect(outcome).toEqual(refusal(403, 'tenant_not_allowed'));
  });
});

test('C18 one tenant, and a genuine token of another', async () => {
  const config = { authority: `https://login.microsoftonline.com/${CONTOSO}` };
  const world = await openWorld({ config });
  await beginAnew(world);
  const claims = { tid: FABRIKAM, iss: `${world.emulator.baseUrl}/${FABRIKAM}/v2.0` };
  fault(world, { at: 'token', fault: { kind: 'id-token', claims } });
  fault(world, { at: 'token', fault: { kind: 'client-info', utid: FABRIKAM } });
  const { browser, page, secrets } = await attemptSignIn(world);
  expect(await outcomeOf(world, browser, page, secrets)).toEqual(refusal(403, 'tenant_not_allowed'));
  await world.close();
});

describe('a published key that signs in another way than the app takes', () => {
  const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'EdDSA'] as const;
  test.each(ALGORITHMS)('C17 signed with %s', async (alg) => {
    const fresh = await openWorld();
    await beginAnew(fresh);
    const browser = await knownBrowser(fresh);
    const callback = await callbackWithNonce(fresh, browser);
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'own', use: 'sig', alg };
    fault(fresh, { at: 'keys', times: 'always', fault: { kind: 'answer', set: { keys: [jwk] } } });
    const nowSeconds = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({
      ...claimsOf(fresh),
      nonce: callback.nonce,
      iat: nowSeconds,
      exp: nowSeconds + 3_600,
    })
      .setProtectedHeader({ alg, kid: 'own' })
      .sign(privateKey);
    fault(fresh, { at: 'token', fault: { kind: 'answer', set: { id_token: token } } });
    const page = await browser.visit(callback.href, { redirects: 0 });
    const outcome = await outcomeOf(fresh, browser, page);
    await fresh.close();
    if (alg === 'RS256') expect([outcome.status, outcome.signedInAs]).toEqual([302, ADELE]);
    else expect(outcome).toEqual(refusal(400, 'id_token_refused'));
  });
});

function claimsOf({ emulator }: World): Record<string, unknown> {
  return {
    iss: `${emulator.baseUrl}/${CONTOSO}/v2.0`,
    aud: '11111111-1111-4111-8111-111111111111',
    sub: 'a-subject',
    tid: CONTOSO,
    oid: '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01',
    preferred_username: ADELE,
    name: 'Adele Vance',
    ver: '2.0',
  };
}

async function callbackWithNonce(world: World, browser: Awaited<ReturnType<typeof knownBrowser>>) {
  const left = await browser.visit(`${world.url}/login`, { redirects: 0 });
  const nonce = new URL(left.headers.location ?? '').searchParams.get('nonce') ?? '';
  const back = await browser.visit(left.headers.location ?? '', { redirects: 0 });
  return { nonce, href: back.headers.location ?? '' };
}
