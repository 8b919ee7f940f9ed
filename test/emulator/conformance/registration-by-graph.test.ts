import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { makeCertificate } from '../../daemon/certificates.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, CONTOSO, claimsOf, graph, postToken, tokensOf } from '../stage.ts';
import { ask, json, type Seen } from '../visitor.ts';
import { GUID, NIA } from './strict.ts';

// K5 of the wire reference: registrations and consents by Microsoft Graph.

const GRAPH = '00000003-0000-0000-c000-000000000000';
const ALL =
  'Application.ReadWrite.All AppRoleAssignment.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All openid';

type Row = Record<string, unknown>;

let emulator: Emulator;
let nia: unknown;
let app: Row;
let principal: Row;
beforeAll(async () => {
  emulator = await openEmulator({ users: 5 });
});
beforeEach(async () => {
  emulator.reset();
  nia = (await tokensOf(emulator, NIA, { scope: ALL })).access_token;
  app = json(await send('POST', '/applications', { displayName: 'New' }));
  principal = json(await send('POST', '/servicePrincipals', { appId: app.appId }));
});
afterAll(() => emulator.close());

const get = (path: string): Promise<Seen> => graph(emulator, path, nia);
const send = (method: string, path: string, body?: unknown, token: unknown = nia): Promise<Seen> =>
  ask(
    `${emulator.baseUrl}/v1.0${path}`,
    { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
    body === undefined ? undefined : JSON.stringify(body),
  );
const change = (body: Row): Promise<Seen> => send('PATCH', `/applications/${app.id}`, body);
const read = async (path = `/applications/${app.id}`): Promise<Row> => json(await get(path));
const rowsOf = async (path: string): Promise<Row[]> => json(await get(path)).value as Row[];
const graphPrincipal = async (): Promise<Row> => {
  const [found] = await rowsOf(`/servicePrincipals?$filter=appId eq '${GRAPH}'`);
  return found ?? {};
};
const idOf = (all: unknown, value: string): unknown => (all as Row[]).find((one) => one.value === value)?.id;

describe('the application', () => {
  test('lists permissions by their ids, which the service principal of the API knows', async () => {
    const { oauth2PermissionScopes, appRoles } = await graphPrincipal();
    const resourceAccess = [
      { id: idOf(oauth2PermissionScopes, 'User.ReadBasic.All'), type: 'Scope' },
      { id: idOf(appRoles, 'User.Read.All'), type: 'Role' },
    ];
    const requiredResourceAccess = [{ resourceAppId: GRAPH, resourceAccess }];
    expect((await change({ requiredResourceAccess })).status).toBe(204);
    expect(await read()).toMatchObject({ requiredResourceAccess });
    const found = emulator.registrations.find((one) => one.clientId === app.appId);
    expect(found).toMatchObject({
      delegatedPermissions: ['User.ReadBasic.All'],
      applicationPermissions: ['User.Read.All'],
    });
    const unknown = [{ resourceAppId: GRAPH, resourceAccess: [{ id: app.id, type: 'Role' }] }];
    expect((await change({ requiredResourceAccess: unknown })).status).toBe(400);
    expect((await change({ requiredResourceAccess: [] })).status).toBe(204);
    expect(await read()).toMatchObject({ requiredResourceAccess: [] });
  });

  test('has the certificates that a list names; what is not in it is gone [applications-how-to-add-certificate]', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const [one, other] = ['one', 'other'].map((name) => {
      const { raw } = new X509Certificate(makeCertificate(folder, name).certificate);
      return { type: 'AsymmetricX509Cert', usage: 'Verify', key: raw.toString('base64') };
    });
    rmSync(folder, { recursive: true });
    await change({ keyCredentials: [one] });
    const [kept] = (await read()).keyCredentials as Row[];
    expect(kept).toMatchObject({ key: null, keyId: expect.stringMatching(GUID), usage: 'Verify' });
    const selected = await read(`/applications/${app.id}?$select=keyCredentials`);
    expect(selected.keyCredentials).toEqual([expect.objectContaining({ key: one?.key })]);
    await change({ keyCredentials: [kept, other] });
    expect((await read()).keyCredentials).toHaveLength(2);
    await change({ keyCredentials: [other] });
    expect((await read()).keyCredentials).toHaveLength(1);
    expect((await change({ keyCredentials: [{ key: 'AAAA' }] })).status).toBe(400);
    expect((await change({ keyCredentials: [{ keyId: app.id }] })).status).toBe(400);
  });

  test('takes personal accounts with tokens of version 2 only', async () => {
    const signInAudience = 'AzureADandPersonalMicrosoftAccount';
    const refused = await change({ signInAudience });
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('api.requestedAccessTokenVersion'),
    ]);
    expect((await change({ signInAudience, api: { requestedAccessTokenVersion: 2 } })).status).toBe(204);
    expect(await read()).toMatchObject({ signInAudience });
  });

  test('trusts federated credentials, each issuer and subject once [application-post-federatedidentitycredentials]', async () => {
    const path = `/applications/${app.id}/federatedIdentityCredentials`;
    const given = {
      name: 'cluster',
      issuer: 'https://issuer.example/',
      subject: 'system:serviceaccount:default:app',
      audiences: ['api://AzureADTokenExchange'],
    };
    const made = await send('POST', path, given);
    expect([made.status, json(made)]).toEqual([201, expect.objectContaining(given)]);
    expect((await send('POST', path, { ...given, name: 'another' })).status).toBe(409);
    expect((await send('POST', path, { ...given, subject: 'x' })).status).toBe(409);
    expect((await send('POST', path, { ...given, name: 'b', subject: 'x', audiences: [] })).status).toBe(400);
    expect(await rowsOf(path)).toHaveLength(1);
    expect((await send('DELETE', `${path}/${json(made).id}`)).status).toBe(204);
    expect(await rowsOf(path)).toEqual([]);
  });

  test('is changed by administrators only, whatever the app may do for somebody else', async () => {
    const grant = { clientId: CONTOSO, consentType: 'AllPrincipals', resourceId: CONTOSO };
    const adele = emulator.accessToken({ audience: GRAPH, username: ADELE, scopes: ALL.split(' ') });
    for (const [method, path, body] of [
      ['POST', '/applications', { displayName: 'x' }],
      ['PATCH', `/applications/${app.id}`, { displayName: 'x' }],
      ['POST', `/applications/${app.id}/addPassword`, {}],
      ['POST', '/servicePrincipals', { appId: app.appId }],
      ['POST', '/oauth2PermissionGrants', grant],
      ['POST', `/servicePrincipals/${principal.id}/appRoleAssignments`, {}],
    ] as const)
      expect([path, (await send(method, path, body, adele)).status]).toEqual([path, 403]);
    expect((await read()).displayName).toBe('New');
  });
});

describe('consents', () => {
  test('an app role is in the tokens of the app from then on [serviceprincipal-post-approleassignments]', async () => {
    const strict = { clientId: String(app.appId), secrets: [{ value: 'right' }] };
    emulator.putRegistration(strict);
    const { id: resourceId, appRoles } = await graphPrincipal();
    const path = `/servicePrincipals/${principal.id}/appRoleAssignments`;
    const given = { principalId: principal.id, resourceId, appRoleId: idOf(appRoles, 'User.Read.All') };
    const made = await send('POST', path, given);
    expect([made.status, json(made)]).toEqual([
      201,
      expect.objectContaining({ ...given, principalType: 'ServicePrincipal' }),
    ]);
    expect((await send('POST', path, given)).status).toBe(400);
    expect(await rowsOf(`/servicePrincipals/${resourceId}/appRoleAssignedTo`)).toContainEqual(
      expect.objectContaining({ principalId: principal.id }),
    );
    const fields = { grant_type: 'client_credentials', client_id: strict.clientId, client_secret: 'right' };
    const scope = 'https://graph.microsoft.com/.default';
    const rolesOf = async () =>
      claimsOf(json(await postToken(emulator, { ...fields, scope }, CONTOSO)).access_token).roles;
    expect(await rolesOf()).toEqual(['User.Read.All']);
    expect((await send('DELETE', `${path}/${json(made).id}`)).status).toBe(204);
    expect(await rowsOf(path)).toEqual([]);
    expect(await rolesOf()).toBeUndefined();
  });

  test('a grant for everybody is changed and taken back [oauth2permissiongrant-post]', async () => {
    const { id: resourceId } = await graphPrincipal();
    const given = {
      clientId: principal.id,
      consentType: 'AllPrincipals',
      resourceId,
      scope: 'User.Read openid',
    };
    const made = json(await send('POST', '/oauth2PermissionGrants', given));
    expect(made).toMatchObject({ ...given, principalId: null });
    expect((await send('POST', '/oauth2PermissionGrants', given)).status).toBe(409);
    const own = `/servicePrincipals/${principal.id}/oauth2PermissionGrants`;
    expect(
      (await send('PATCH', `/oauth2PermissionGrants/${made.id}`, { scope: 'User.ReadBasic.All' })).status,
    ).toBe(204);
    expect(await rowsOf(own)).toEqual([expect.objectContaining({ scope: 'User.ReadBasic.All' })]);
    expect(await rowsOf(`/oauth2PermissionGrants?$filter=clientId eq '${principal.id}'`)).toHaveLength(1);
    expect(await rowsOf(`${own}?$select=scope`)).toEqual([{ scope: 'User.ReadBasic.All' }]);
    expect((await get(`${own}?$select=scopes`)).status).toBe(400);
    expect((await send('DELETE', `/oauth2PermissionGrants/${made.id}`)).status).toBe(204);
    expect(await rowsOf(own)).toEqual([]);
  });

  test('what somebody consented to at a sign-in is a grant of theirs', async () => {
    const [own] = (await rowsOf('/oauth2PermissionGrants')).filter(
      ({ consentType }) => consentType === 'Principal',
    );
    expect(own).toMatchObject({ scope: expect.stringContaining('Application.ReadWrite.All') });
  });
});
