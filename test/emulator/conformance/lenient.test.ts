import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRequest } from '../../../src/emulator/http/index.ts';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, codeFields, postToken, signIn } from '../stage.ts';
import { redirected } from '../visitor.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
afterAll(() => emulator.close());

test.each([
  ['https', 'localhost:443', 'https://localhost'],
  ['http', 'localhost:80', 'http://localhost'],
  ['https', 'localhost:80', 'https://localhost:80'],
  ['http', 'localhost:443', 'http://localhost:443'],
  ['https', '[::1]:443', 'https://[::1]'],
])('%s at %s is %s, as clients write it', (scheme, host, origin) => {
  const sent = { method: 'GET', origin: `${scheme}://${host}`, url: '/', headers: {}, bodyText: '' };
  expect(readRequest({ ...sent, tenant: '', id: '' }).origin).toBe(origin);
});

describe('K4. what clients rely on', () => {
  test('a parameter without a value counts as left out [RFC 6749 3.1 and 3.2; MSAL Go sends code_verifier=]', async () => {
    const asked = {
      code_challenge: '',
      code_challenge_method: '',
      prompt: '',
      login_hint: '',
      response_mode: '',
    };
    const back = redirected(await signIn(emulator, ADELE, asked));
    const fields = { ...codeFields(back.get('code') ?? ''), code_verifier: '', claims: '' };
    expect((await postToken(emulator, fields)).status).toBe(200);
  });

  test.each(['token id_token', 'id_token code'])(
    'the response type %s [RFC 6749 3.1.1]: in any order',
    async (type) => {
      const back = redirected(
        await signIn(emulator, ADELE, { response_type: type, response_mode: 'fragment' }),
      );
      expect(back.get('id_token')).toBeTruthy();
    },
  );
});
