import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { CONTOSO, claimsOf } from '../stage.ts';
import { ask, json } from '../visitor.ts';
import { GUID } from './strict.ts';

// K3 of the wire reference: managed identities, in both forms.

const VAULT = 'https://vault.azure.net';
const MACHINE = '7c0c7d3e-2b1a-4c9d-8e7f-000000000001';
const SHARED = '7c0c7d3e-2b1a-4c9d-8e7f-000000000002';
const API = '7c0c7d3e-2b1a-4c9d-8e7f-000000000003';
const AZURE_ID =
  '/subscriptions/1/resourcegroups/a/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Shared';
const seed = readSeed({
  registrations: [
    {
      clientId: MACHINE,
      managedIdentity: { assigned: 'system' },
      applicationPermissions: [`${API}/Sweep`],
      adminConsented: true,
    },
    { clientId: SHARED, managedIdentity: { assigned: 'user', resourceId: AZURE_ID } },
    { clientId: API, appRoles: ['Sweep'], tokenVersion: 2 },
  ],
});

let friendly: Emulator;
let strict: Emulator;
beforeAll(async () => {
  friendly = await openEmulator();
  strict = await openEmulator({ seed });
});
beforeEach(() => {
  friendly.reset();
  strict.reset();
});
afterAll(() => Promise.all([friendly, strict].map((one) => one.close())));

const FORMS = {
  machine: { path: '/metadata/identity/oauth2/token', version: '2018-02-01', headers: { Metadata: 'true' } },
  appService: { path: '/msi/token', version: '2019-08-01', headers: { 'X-IDENTITY-HEADER': 'any' } },
} as const;
type FormName = keyof typeof FORMS;

/** Asks for a token in one of the forms; parameters of undefined are left out. */
async function identity(
  at: Emulator,
  form: FormName,
  changes: Record<string, string | undefined> = {},
  headers: Record<string, string> = FORMS[form].headers,
) {
  const { path, version } = FORMS[form];
  const parameters = { 'api-version': version, resource: VAULT, ...changes };
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const seen = await ask(`${at.baseUrl}${path}?${new URLSearchParams(given)}`, { headers });
  return { status: seen.status, ...json(seen) } as Record<string, unknown>;
}

describe('K3: managed identity', () => {
  test('of a virtual machine [entra-docs how-to-use-vm-token]: numbers as texts, an empty refresh token', async () => {
    const { access_token: token, ...rest } = await identity(friendly, 'machine');
    const { exp, nbf, appid } = claimsOf(token);
    expect(rest).toEqual({
      ...{ status: 200, token_type: 'Bearer', resource: VAULT, refresh_token: '', client_id: appid },
      ...{ expires_in: '3599', ext_expires_in: '3599', expires_on: String(exp), not_before: String(nbf) },
    });
    expect(claimsOf(token)).toMatchObject({
      aud: VAULT,
      ver: '1.0',
      tid: CONTOSO,
      appidacr: '2',
      oid: expect.stringMatching(GUID),
    });
    expect(claimsOf(token).sub).toBe(claimsOf(token).oid);
  });

  test('of App Service [azure-docs overview-managed-identity]: five members', async () => {
    const { access_token: token, ...rest } = await identity(friendly, 'appService');
    const { exp, appid } = claimsOf(token);
    expect(rest).toEqual({
      status: 200,
      token_type: 'Bearer',
      resource: VAULT,
      client_id: appid,
      expires_on: String(exp),
    });
  });

  test('the machine has one identity, the same in both forms and each time', async () => {
    const ids = await Promise.all(
      (['machine', 'appService', 'machine'] as const).map(
        async (form) => (await identity(friendly, form)).client_id,
      ),
    );
    expect(new Set(ids).size).toBe(1);
  });

  test.each(['machine', 'appService'] as const)(
    '%s: anybody’s by client id, object id and resource id, without registrations',
    async (form) => {
      const byClient = await identity(friendly, form, { client_id: SHARED });
      expect(claimsOf(byClient.access_token)).toMatchObject({ appid: SHARED });
      const byObject = await identity(friendly, form, { object_id: MACHINE });
      expect(claimsOf(byObject.access_token)).toMatchObject({ oid: MACHINE, sub: MACHINE });
      const byResource = await identity(friendly, form, { mi_res_id: AZURE_ID });
      expect(claimsOf(byResource.access_token)).toMatchObject({ xms_mirid: AZURE_ID });
      expect(byResource.client_id).not.toBe((await identity(friendly, form)).client_id);
    },
  );

  test.each(['machine', 'appService'] as const)('%s: the registered ones, with their roles', async (form) => {
    const own = await identity(strict, form, { resource: `api://${API}` });
    expect(claimsOf(own.access_token)).toMatchObject({
      azp: MACHINE,
      aud: API,
      roles: ['Sweep'],
      azpacr: '2',
    });
    const shared = await identity(strict, form, { client_id: SHARED.toUpperCase() });
    const { appid, oid, xms_mirid: azureId } = claimsOf(shared.access_token);
    expect({ appid, azureId }).toEqual({ appid: SHARED, azureId: AZURE_ID });
    for (const name of ['object_id', 'principal_id'])
      expect(await identity(strict, form, { [name]: String(oid) })).toMatchObject({ client_id: SHARED });
    for (const name of ['mi_res_id', 'msi_res_id'])
      expect(await identity(strict, form, { [name]: AZURE_ID.toLowerCase() })).toMatchObject({
        client_id: SHARED,
      });
  });

  test('an identity that there is not, in the words of each form', async () => {
    for (const changes of [
      { client_id: API },
      { client_id: MACHINE },
      { object_id: CONTOSO },
      { mi_res_id: '/none' },
    ]) {
      expect(await identity(strict, 'machine', changes)).toEqual({
        ...{ status: 400, error: 'invalid_request', error_description: 'Identity not found' },
      });
      expect(await identity(strict, 'appService', changes)).toEqual({
        ...{ status: 400, statusCode: 400 },
        message:
          'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
      });
    }
  });

  test('without its header nobody gets a token', async () => {
    for (const headers of [{}, { Metadata: 'false' }])
      expect(await identity(friendly, 'machine', {}, headers as Record<string, string>)).toEqual({
        ...{ status: 400, error: 'bad_request_102' },
        error_description: 'Required metadata header not specified',
      });
    for (const headers of [{}, { 'X-IDENTITY-HEADER': '' }])
      expect(await identity(friendly, 'appService', {}, headers as Record<string, string>)).toMatchObject({
        statusCode: 401,
      });
  });

  test.each(['machine', 'appService'] as const)(
    '%s: without a resource, or for one that there is not',
    async (form) => {
      for (const resource of [undefined, ''])
        expect(await identity(strict, form, { resource })).toMatchObject({ status: 400 });
      const unknown = await identity(strict, form, { resource: 'https://nowhere.example' });
      expect(unknown.status).toBe(400);
      expect(String(unknown.error_description ?? unknown.message)).toMatch(
        /^AADSTS500011: .*https:\/\/nowhere\.example/,
      );
    },
  );

  test('a virtual machine’s wants a version', async () => {
    expect(await identity(friendly, 'machine', { 'api-version': undefined })).toMatchObject({ status: 400 });
  });

  test('a fault finds it by its name', async () => {
    friendly.addFault({ at: 'managed-identity', fault: { kind: 'status', status: 429 } });
    const { path, headers } = FORMS.machine;
    expect((await ask(`${friendly.baseUrl}${path}`, { headers })).status).toBe(429);
  });
});
