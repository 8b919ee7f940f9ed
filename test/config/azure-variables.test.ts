import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/config.ts';
import { readRegistrationSettings } from '../../src/config/registration.ts';
import { readEntraSettings } from '../../src/sign-in/options/entra-options.ts';

const ID = '22222222-2222-4222-8222-222222222222';
const OTHER = '33333333-3333-4333-8333-333333333333';
const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const SESSION_SECRET = 'a-session-secret-for-tests-0123456789';
const AKS = {
  AZURE_CLIENT_ID: ID,
  AZURE_TENANT_ID: TENANT,
  AZURE_FEDERATED_TOKEN_FILE: 'package.json',
  AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
};

describe('what Azure sets', () => {
  test('is enough, in the web app and in an app with the library', () => {
    const expected = {
      clientId: ID,
      authority: `https://login.microsoftonline.com/${TENANT}`,
      credential: { kind: 'assertion', assertionFile: 'package.json' },
      usesEmulator: false,
    };
    expect(readConfig({ ...AKS, SESSION_SECRET })).toMatchObject(expected);
    expect(readEntraSettings({}, { ...AKS, SESSION_SECRET }).config).toMatchObject(expected);
  });

  test('counts only where ours is absent, and an empty one is', () => {
    const ours = { CLIENT_ID: OTHER, AUTHORITY: '', CLIENT_SECRET: 'a-secret-of-ours', SESSION_SECRET };
    expect(readConfig({ ...AKS, ...ours })).toMatchObject({
      clientId: OTHER,
      authority: `https://login.microsoftonline.com/${TENANT}`,
      credential: { kind: 'secret', secret: 'a-secret-of-ours' },
    });
    const AUTHORITY = 'https://login.microsoftonline.us/organizations';
    expect(readConfig({ ...AKS, AUTHORITY, SESSION_SECRET }).authority).toBe(AUTHORITY);
  });

  test.each([
    ['system', undefined],
    [ID.toUpperCase(), ID],
  ])('a managed identity (%s) comes before a federated token', (CLIENT_MANAGED_IDENTITY, clientId) => {
    const { credential } = readConfig({ ...AKS, CLIENT_MANAGED_IDENTITY, SESSION_SECRET });
    expect(credential).toEqual({ kind: 'managed-identity', ...(clientId === undefined ? {} : { clientId }) });
  });

  test.each(Object.keys(AKS).filter((name) => name !== 'AZURE_CLIENT_ID'))(
    '%s alone: no start with the emulator',
    (name) => {
      expect(() => readConfig({ [name]: 'https://x.example/' })).toThrow(
        new RegExp(`CLIENT_ID must be set together with ${name}, or the local emulator`),
      );
    },
  );

  test('AZURE_CLIENT_ID alone: no start with the emulator either', () => {
    expect(() => readConfig({ AZURE_CLIENT_ID: ID })).toThrow(/SESSION_SECRET is missing/);
  });

  test.each([
    [{ AZURE_CLIENT_ID: 'mine' }, 'CLIENT_ID (from AZURE_CLIENT_ID) must be the Application'],
    [{ AZURE_TENANT_ID: 'two words' }, 'AUTHORITY (from AZURE_AUTHORITY_HOST and AZURE_TENANT_ID) must end'],
    [
      { AZURE_TENANT_ID: '', AZURE_AUTHORITY_HOST: 'login.microsoftonline.us' },
      'AUTHORITY (from AZURE_AUTHORITY_HOST) must be',
    ],
    [
      { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com@evil.example' },
      'AUTHORITY (from AZURE_AUTHORITY_HOST and',
    ],
    [
      { AZURE_FEDERATED_TOKEN_FILE: 'nowhere' },
      'CLIENT_ASSERTION_FILE (from AZURE_FEDERATED_TOKEN_FILE) names',
    ],
    [
      { AZURE_FEDERATED_TOKEN_FILE: '/dev/null' },
      'CLIENT_ASSERTION_FILE (from AZURE_FEDERATED_TOKEN_FILE) names',
    ],
    [{ CLIENT_ID: 'ours' }, 'CLIENT_ID must be the Application'],
  ])('%j is refused by the name that somebody set', (changed, sentence) => {
    const given = { ...AKS, ...changed, SESSION_SECRET };
    const problem = new RegExp(`^${sentence.replaceAll(/[()]/g, '\\$&')}`);
    expect(() => readConfig(given)).toThrow(problem);
    expect(() => readEntraSettings({}, given)).toThrow(problem);
  });

  test('an empty file is no federated token, whoever names it', () => {
    const empty = join(mkdtempSync(join(tmpdir(), 'azure-')), 'token');
    writeFileSync(empty, '\n');
    const given = { ...AKS, AZURE_FEDERATED_TOKEN_FILE: empty, SESSION_SECRET };
    expect(() => readConfig(given)).toThrow('names a file that is empty');
  });

  test('is what a registration is compared with too', () => {
    expect(readRegistrationSettings(AKS, undefined)).toMatchObject({
      clientId: ID,
      authority: `https://login.microsoftonline.com/${TENANT}`,
      isFederated: true,
    });
  });
});
