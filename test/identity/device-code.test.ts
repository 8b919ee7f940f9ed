import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { signInByDeviceCode } from '../../src/identity/index.ts';
import { NIA, type Office, openOffice, TENANT } from '../register/administrator.ts';

const CLIENT = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
beforeEach(() => office.emulator.clearFaults());
afterAll(() => office.close());

const fault = (at: 'devicecode' | 'token', given: { kind: string; [setting: string]: unknown }, times = 1) =>
  office.emulator.addFault({ at, fault: given, times });

/** Somebody signs in during this wait; counts what was waited for, in seconds. */
async function signIn(duringWait = 1) {
  const waits: number[] = [];
  const shown: string[] = [];
  const result = await signInByDeviceCode({
    authority: `${office.emulator.url}/${TENANT}`,
    clientId: CLIENT,
    scopes: ['openid', 'profile', 'Application.Read.All'],
    onCode(code) {
      shown.push(code.userCode, code.verificationUri);
    },
    async wait(ms) {
      waits.push(ms / 1_000);
      if (waits.length === duringWait) await office.answer(NIA)(shown[0] ?? '');
    },
    now: () => office.emulator.clock.now(),
  }).catch((error: { code: string }) => error.code);
  return { result, waits, shown };
}

test('tells who signed in, to which tenant', async () => {
  const { result, waits } = await signIn();
  expect(result).toMatchObject({ tenantId: TENANT, username: NIA, accessToken: expect.any(String) });
  expect(waits).toEqual([5]);
});

test.each([
  ['a reset', { kind: 'reset' }],
  ['a server error', { kind: 'status', status: 503 }],
  ['throttling', { kind: 'status', status: 429 }],
  ['"pending"', { kind: 'aadsts', code: 70016 }],
])('goes on after %s', async (_case, given) => {
  fault('token', given, 3);
  const { result, waits } = await signIn(4);
  expect([result, waits]).toEqual([expect.objectContaining({ username: NIA }), [5, 5, 5, 5]]);
});

test('slows down when it is told to (RFC 8628, section 3.5)', async () => {
  fault('token', { kind: 'aadsts', code: 70016, error: 'slow_down' }, 2);
  expect((await signIn()).waits).toEqual([5, 10, 15]);
});

test.each([
  [{ interval: 0 }, 5],
  [{ interval: -1 }, 5],
  [{ interval: 'soon' }, 5],
  [{ interval: 86_400 }, 60],
  [{ expires_in: 0 }, 5],
])('%j is no time to wait', async (set, seconds) => {
  fault('devicecode', { kind: 'answer', set });
  expect((await signIn()).waits).toEqual([seconds]);
});

test.each([
  [{ verification_uri: 'javascript:alert(1)' }],
  [{ verification_uri: 'https://evil.example/\u001b[2J' }],
  [{ user_code: 'ABC\nopen https://evil.example and enter DEF' }],
  [{ device_code: 7 }],
  [{ user_code: null }],
])('%j is shown to nobody', async (set) => {
  fault('devicecode', { kind: 'answer', set });
  const { result, shown } = await signIn();
  expect([result, shown]).toEqual(['token_answer_refused', []]);
});

test.each([
  ['devicecode', { kind: 'redirect', status: 307, location: 'http://localhost:1/' }, 'token_answer_refused'],
  ['devicecode', { kind: 'status', status: 429 }, 'authority_throttled'],
  ['devicecode', { kind: 'aadsts', code: 700016 }, 'sign_in_failed'],
  ['token', { kind: 'redirect', status: 307, location: 'http://localhost:1/' }, 'token_answer_refused'],
  ['token', { kind: 'answer', remove: ['access_token'] }, 'token_answer_refused'],
  ['token', { kind: 'answer', remove: ['id_token'] }, 'token_answer_refused'],
  ['token', { kind: 'aadsts', code: 53003 }, 'sign_in_failed'],
] as const)('%s that answers %j ends it', async (at, given, code) => {
  fault(at, given);
  expect((await signIn()).result).toBe(code);
});
