import { describe, expect, test } from '@jest/globals';
import { readSeed, SeedError } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO } from './stage.ts';

const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const OWN = { id: '7b1f0c3a-1111-4222-8333-944455556666', name: 'Own', domain: 'own.example' };
const person = (changes: object = {}) => ({
  ...{ username: 'me@own.example', kind: 'work', displayName: 'Me Myself', tenantId: CONTOSO },
  objectId: '7b1f0c3a-1111-4222-8333-944455557777',
  ...changes,
});
const app = (changes: object = {}) => ({ clientId: CLIENT_ID, ...changes });
const federated = (keys: object[]) => ({ issuer: 'https://issuer.example', subject: 'me', keys });

describe('a seed', () => {
  test.each<[string, object, RegExp]>([
    ['a member nobody knows', { people: [] }, /people/],
    ['a client id that is none', { registrations: [app({ clientId: 'x' })] }, /registrations\[0\]\.clientId/],
    ['an account twice', { accounts: [person(), person()] }, /account me@own\.example is there twice/],
    ['an app twice', { registrations: [app(), app()] }, /registration .* is there twice/],
    ["another tenant's domain", { tenants: [{ ...OWN, domain: 'contoso.example' }] }, /another tenant's/],
    ['a tenant nobody has', { accounts: [person({ tenantId: OWN.id })] }, /no tenant has the id/],
    [
      'an app of a tenant nobody has',
      { registrations: [app({ homeTenantId: OWN.id })] },
      /no tenant has the id/,
    ],
    ['a guest without a home', { accounts: [person({ kind: 'guest' })] }, /homeTenantId/],
    ['a personal account at work', { accounts: [person({ kind: 'personal' })] }, /personal/],
    ['a worker among the personal accounts', { accounts: [person({ tenantId: PERSONAL })] }, /personal/],
    ['a certificate that is none', { registrations: [app({ certificates: ['junk'] })] }, /not PEM/],
    [
      'a federated key that is none',
      { registrations: [app({ federatedCredentials: [federated([{ kty: 'RSA' }])] })] },
      /not a JSON Web Key/,
    ],
  ])('with %s is refused with a sentence', (_what, seed, sentence) => {
    expect(() => readSeed(seed)).toThrow(SeedError);
    expect(() => readSeed(seed)).toThrow(sentence);
  });

  test('takes the place of what is built in under the same names', async () => {
    const seed = readSeed({
      tenants: [{ ...OWN, id: CONTOSO }],
      accounts: [person({ username: ADELE, displayName: 'Another Adele' })],
    });
    const own = await openEmulator({ seed });
    try {
      const adeles = own.accounts.filter((one) => one.username === ADELE);
      expect(adeles.map((one) => one.displayName)).toEqual(['Another Adele']);
      expect(own.tenants.filter((one) => one.id === CONTOSO).map((one) => one.domain)).toEqual([
        'own.example',
      ]);
    } finally {
      await own.close();
    }
  });
});
