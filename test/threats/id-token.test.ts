import { describe, expect, test } from '@jest/globals';
import { beginAnew, fault, receivedSince, useWorld } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import {
  ADELE,
  attemptSignIn,
  callbackOf,
  knownBrowser,
  logLinesOf,
  outcomeOf,
  refusal,
  signedIn,
} from './support/outcome.ts';

const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const FABRIKAM = 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21';
const CLIENT = '11111111-1111-4111-8111-111111111111';
const OTHER_OID = '1b7e2d63-2e4c-4c68-8a6f-7a3d9a1c8b02';

const world = useWorld();

type Make = (world: World) => object;
const claims = (changes: (now: number, base: string) => object): Make => {
  return ({ emulator }) => ({
    at: 'token',
    fault: { kind: 'id-token', claims: changes(Math.floor(Date.now() / 1000), emulator.baseUrl) },
  });
};
const token = (settings: object): Make => {
  return () => ({ at: 'token', fault: { kind: 'id-token', ...settings } });
};
const clientInfo = (settings: object): Make => {
  return () => ({ at: 'token', fault: { kind: 'client-info', ...settings } });
};
const answer = (settings: object): Make => {
  return () => ({ at: 'token', fault: { kind: 'answer', ...settings } });
};
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Case, fault; each is refused with 400 as an ID token that is not to be trusted. */
const REFUSED: readonly (readonly [string, Make])[] = [
  ['C12 wrong issuer: another host', claims(() => ({ iss: `https://evil.example/${CONTOSO}/v2.0` }))],
  ['C12 wrong issuer: another tenant', claims((_now, base) => ({ iss: `${base}/${FABRIKAM}/v2.0` }))],
  ['C12 wrong issuer: missing', claims(() => ({ iss: null }))],
  ['C12 wrong issuer: a slash more', claims((_now, base) => ({ iss: `${base}/${CONTOSO}/v2.0/` }))],
  ['C12 wrong issuer: v1', claims(() => ({ iss: `https://sts.windows.net/${CONTOSO}/` }))],
  ['C12 wrong issuer: the template itself', claims((_now, base) => ({ iss: `${base}/{tenantid}/v2.0` }))],
  [
    'C12 wrong issuer: a longer host',
    claims((_now, base) => ({ iss: `${base}.evil.example/${CONTOSO}/v2.0` })),
  ],
  [
    'C12 wrong issuer: user info',
    claims((_now, base) => ({ iss: `http://x@${base.slice(7)}/${CONTOSO}/v2.0` })),
  ],
  ['C12 wrong issuer: a list', claims((_now, base) => ({ iss: [`${base}/${CONTOSO}/v2.0`] }))],
  [
    'C12 wrong issuer: https for http',
    claims((_now, base) => ({ iss: `https${base.slice(4)}/${CONTOSO}/v2.0` })),
  ],
  ['C12 wrong issuer: common', claims((_now, base) => ({ iss: `${base}/common/v2.0` }))],

  ['C13 wrong audience: another app', claims(() => ({ aud: '22222222-2222-4222-8222-222222222222' }))],
  ['C13 wrong audience: missing', claims(() => ({ aud: null }))],
  ['C13 wrong audience: this app and another', claims(() => ({ aud: [CLIENT, 'other'] }))],
  ['C13 wrong audience: nobody', claims(() => ({ aud: [] }))],
  ['C13 wrong audience: a longer one', claims(() => ({ aud: `${CLIENT}.evil` }))],
  ['C13 wrong audience: api://', claims(() => ({ aud: `api://${CLIENT}` }))],
  ['C13 wrong audience: Graph', claims(() => ({ aud: '00000003-0000-0000-c000-000000000000' }))],
  ['C13 wrong audience: an object', claims(() => ({ aud: { [CLIENT]: true } }))],
  ['C13 wrong authorized party', claims(() => ({ azp: '22222222-2222-4222-8222-222222222222' }))],

  ['C14 expired: a year ago', claims((now) => ({ exp: now - 31_536_000, iat: now - 31_540_000 }))],
  [
    'C14 expired: a second beyond the leeway',
    claims((now) => ({ exp: now - 301, iat: now - 4_000, nbf: now - 4_000 })),
  ],
  ['C14 exp missing', claims(() => ({ exp: null }))],
  ['C14 iat missing', claims(() => ({ iat: null }))],
  ['C14 iat far ahead', claims((now) => ({ iat: now + 400, exp: now + 4_000 }))],
  ['C14 nbf far ahead', claims((now) => ({ nbf: now + 400 }))],
  ['C14 exp as text', claims((now) => ({ exp: String(now + 3_600) }))],
  ['C14 iat as text', claims((now) => ({ iat: String(now) }))],
  ['C14 nbf as text', claims((now) => ({ nbf: String(now) }))],
  ['C14 exp negative', claims(() => ({ exp: -1 }))],
  ['C14 iat negative', claims(() => ({ iat: -1 }))],
  ['C14 exp beyond belief', claims(() => ({ exp: 1e15 }))],
  ['C14 exp before iat', claims((now) => ({ iat: now + 200, exp: now + 100 }))],
  ['C14 a life of a month', claims((now) => ({ exp: now + 30 * 86_400 }))],

  ['C15 another nonce', claims(() => ({ nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }))],
  ['C15 no nonce', claims(() => ({ nonce: null }))],
  ['C15 an empty nonce', claims(() => ({ nonce: '' }))],
  ['C15 a list as nonce', claims(() => ({ nonce: ['AAAAAAAAAAAAAAAAAAAAAA'] }))],
  ['C15 no ID token at all', answer({ remove: ['id_token'] })],

  ['C16 sub missing', claims(() => ({ sub: null }))],
  ['C16 sub a number', claims(() => ({ sub: 7 }))],
  ['C16 sub empty', claims(() => ({ sub: '' }))],
  ['C16 sub of ten thousand characters', claims(() => ({ sub: 'a'.repeat(10_000) }))],
  ['C16 oid missing', claims(() => ({ oid: null }))],
  ['C16 tid missing', claims(() => ({ tid: null }))],
  [
    'C16 tid a name',
    claims((_now, base) => ({ tid: 'contoso.example', iss: `${base}/contoso.example/v2.0` })),
  ],
  ['C16 tid a replacement pattern', claims((_now, base) => ({ tid: '$&', iss: `${base}/{tenantid}/v2.0` }))],
  ['C16 oid of somebody else', claims(() => ({ oid: OTHER_OID }))],
  ['C16 client_info of somebody else', clientInfo({ uid: OTHER_OID })],
  ['C16 client_info of another tenant', clientInfo({ utid: FABRIKAM })],
  ['C16 client_info of somebody in another tenant', clientInfo({ uid: OTHER_OID, utid: FABRIKAM })],
  ['C16 client_info with dots', clientInfo({ uid: `${OTHER_OID}.x` })],
  ['C16 client_info without uid', clientInfo({ raw: encoded({ utid: CONTOSO }) })],
  ['C16 client_info empty object', clientInfo({ raw: encoded({}) })],
  ['C16 client_info missing', answer({ remove: ['client_info'] })],

  ['C17 signature: one bit flipped', token({ signature: 'flipped' })],
  ['C17 signature: none', token({ signature: 'none' })],
  ['C17 signature: HS256 with the client secret', token({ signature: 'hs256' })],
  ['C17 signature: a key that nobody published', token({ signature: 'unknown-key' })],
  ['C17 signature: a published key id, another key', token({ signature: 'wrong-key' })],
  ['C17 signature: a critical extension that nobody knows', token({ header: { crit: ['exp'], exp: 1 } })],
  ['C17 signature: payload not encoded', token({ header: { b64: false, crit: ['b64'] } })],
  ['C17 signature: a key id that is an object', token({ header: { kid: { a: 1 } } })],
  ['C17 signature: a key id that is a path', token({ header: { kid: '../../../../dev/null' } })],
  ['C17 signature: no key id and another key', token({ header: { kid: null }, signature: 'wrong-key' })],
  [
    'C17 signature: an address of keys',
    token({ header: { jku: 'https://evil.example/keys' }, signature: 'wrong-key' }),
  ],

  ['C20 payload null', token({ payload: null })],
  ['C20 payload a list', token({ payload: [] })],
  ['C20 payload a text', token({ payload: 'adele' })],
];

describe('an ID token that is not to be trusted signs nobody in', () => {
  test.each(REFUSED)('%s', async (_name, make) => {
    fault(world(), make(world()));
    const { browser, page, secrets } = await attemptSignIn(world());
    expect(await outcomeOf(world(), browser, page, secrets)).toEqual(refusal(400, 'id_token_refused'));
  });

  test('C15 the nonce of another sign-in of the same browser', async () => {
    const browser = await knownBrowser(world());
    const other = await browser.visit(`${world().url}/login`, { redirects: 0 });
    const nonce = new URL(other.headers.location ?? '').searchParams.get('nonce');
    fault(world(), { at: 'token', fault: { kind: 'id-token', claims: { nonce } } });
    const page = await browser.visit(await callbackOf(browser, world()));
    expect(await outcomeOf(world(), browser, page)).toEqual(refusal(400, 'id_token_refused'));
  });

  test('C17 signature: the service for personal accounts signs for an organisation', async () => {
    const keys = await keySet(world());
    const personal = keys.find(({ issuer }) => issuer.includes('9188040d-6c67-4c5b-b112-36a304b66dad'));
    fault(world(), { at: 'token', fault: { kind: 'id-token', header: { kid: personal?.kid } } });
    const { browser, page, secrets } = await attemptSignIn(world());
    expect(await outcomeOf(world(), browser, page, secrets)).toEqual(refusal(400, 'id_token_refused'));
  });

  test.each([
    ['two hours ahead', 120, "120 minutes ago. If the platform's time is right, this clock is ahead: set it"],
    [
      'ten minutes behind',
      -10,
      "10 minutes in the future. If the platform's time is right, this clock is behind",
    ],
  ])('C14 while the clock of this machine is %s: the log names it', async (_name, minutes, says) => {
    const wrong = await openWorld();
    wrong.wait(minutes * 60_000);
    const { page } = await attemptSignIn(wrong);
    const [line] = await logLinesOf(wrong, page);
    expect([page.status, line?.explanation]).toEqual([400, expect.stringContaining(says)]);
    await wrong.close();
  });

  test('C14 no clock is blamed for a token that is wrong in another way', async () => {
    fault(world(), { at: 'token', fault: { kind: 'id-token', claims: { nonce: 'another' } } });
    const { page } = await attemptSignIn(world());
    expect((await logLinesOf(world(), page))[0]).not.toHaveProperty('explanation');
  });

  test('somebody who is signed in stays who they are when another sign-in fails', async () => {
    const browser = await signedIn(world());
    await beginAnew(world());
    fault(world(), { at: 'token', fault: { kind: 'id-token', signature: 'flipped' } });
    const page = await browser.visit(await callbackOf(browser, world()));
    expect(await outcomeOf(world(), browser, page)).toEqual({
      ...refusal(400, 'id_token_refused'),
      signedInAs: ADELE,
    });
  });
});

const ACCEPTED: readonly (readonly [string, Make])[] = [
  ['C13 an audience of this app alone, as a list', claims(() => ({ aud: [CLIENT] }))],
  ['C13 this app as authorized party', claims(() => ({ azp: CLIENT }))],
  [
    'C14 expired within the leeway',
    claims((now) => ({ exp: now - 200, iat: now - 4_000, nbf: now - 4_000 })),
  ],
  ['C14 issued a little ahead', claims((now) => ({ iat: now + 200, nbf: now + 200 }))],
  ['C17 no key id while one of several keys fits', token({ header: { kid: null } })],
];

describe('an ID token that is to be trusted signs its person in', () => {
  test.each(ACCEPTED)('%s', async (_name, make) => {
    fault(world(), make(world()));
    const { browser, page } = await attemptSignIn(world());
    expect({ status: page.status, home: (await browser.visit(`${world().url}/`)).text }).toEqual({
      status: 302,
      home: expect.stringContaining(ADELE),
    });
  });

  test('C17 keys that were rotated just before signing: asked for once more, and then known', async () => {
    const fresh = await worldWithKnownKeys();
    fault(fresh, { at: 'token', fault: { kind: 'id-token', signature: 'rotated-key' } });
    const rotated = await attemptSignIn(fresh);
    const again = await attemptSignIn(fresh);
    expect([rotated.page.status, again.page.status, keyRequests(fresh)]).toEqual([302, 302, 1]);
    await fresh.close();
  });

  test('C17 tokens with unknown key ids make the app ask for keys five times in five minutes at most', async () => {
    const fresh = await worldWithKnownKeys();
    fault(fresh, { at: 'token', times: 'always', fault: { kind: 'id-token', header: { kid: 'nobody' } } });
    for (let round = 0; round < 8; round += 1) expect((await attemptSignIn(fresh)).page.status).toBe(400);
    expect(keyRequests(fresh)).toBe(5);
    await fresh.close();
  });
});

/** One whose app has asked for the keys once, and has not had to ask again. */
async function worldWithKnownKeys(): Promise<World> {
  const fresh = await openWorld();
  await attemptSignIn(fresh);
  await beginAnew(fresh);
  return fresh;
}

interface PublishedKey {
  kid: string;
  issuer: string;
}

async function keySet({ emulator }: World): Promise<PublishedKey[]> {
  const { jwks_uri } = emulator.openidConfiguration('common');
  const answered = (await (await fetch(jwks_uri)).json()) as { keys: PublishedKey[] };
  return answered.keys;
}

function keyRequests(world: World): number {
  return receivedSince(world, '/discovery/v2.0/keys').length;
}
