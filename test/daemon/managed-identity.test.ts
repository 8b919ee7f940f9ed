import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startProgram } from '../support/program.ts';
import { CLIENT_ID, openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant({ registration: { managedIdentity: { assigned: 'user' } } });
});
afterAll(() => tenant.close());

const appService = () => ({
  IDENTITY_ENDPOINT: `${tenant.emulator.baseUrl}/msi/token`,
  IDENTITY_HEADER: 'any',
});
const machine = () => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: tenant.emulator.baseUrl });
const withoutSecret = () => tenant.parameters({ secret: undefined });

test.each([
  ['App Service', appService, CLIENT_ID],
  ['a virtual machine', machine, CLIENT_ID.toUpperCase()],
])('a managed identity of %s reads the directory without a secret', async (_place, place, identity) => {
  tenant.emulator.reset();
  const environment = { ...place(), CLIENT_MANAGED_IDENTITY: identity };
  const { status, stdout, stderr } = await tenant.run([withoutSecret()], environment);
  expect([status, stdout]).toEqual([0, expect.stringContaining('@contoso.example')]);
  expect(stderr).not.toMatch(/secret/i);
  expect(tenant.asked(/oauth2\/v2\.0\/token/)).toEqual([]);
  const [asked] = tenant.asked(/^\/(msi\/token|metadata\/identity)/);
  expect(asked?.query).toMatchObject({ client_id: CLIENT_ID, resource: 'https://graph.microsoft.com' });
});

test('an identity that is not there, or a word that is none, is said with what to do', async () => {
  const another = { ...appService(), CLIENT_MANAGED_IDENTITY: '7c0c7d3e-2b1a-4c9d-8e7f-00000000000f' };
  const refused = await tenant.run([withoutSecret(), '--max-wait', '0'], another);
  expect([refused.status, refused.stderr]).toEqual([
    2,
    expect.stringMatching(
      /The managed identity of this app gives no token\..*Check that the identity is assigned/,
    ),
  ]);
  const wrong = await tenant.run([withoutSecret()], { CLIENT_MANAGED_IDENTITY: 'mine' });
  expect([wrong.status, wrong.stderr]).toEqual([
    2,
    expect.stringContaining('CLIENT_MANAGED_IDENTITY must be system, or the client id of a managed identity'),
  ]);
});

test('where Azure says who the app is, no run is one with the emulator', async () => {
  const program = startProgram('daemon', [], {
    folder: tenant.folder,
    environment: { AZURE_CLIENT_ID: CLIENT_ID, AZURE_TENANT_ID: 'x' },
  });
  expect([await program.exited, program.output.stderr]).toEqual([
    2,
    expect.stringContaining('AZURE_CLIENT_ID, AZURE_TENANT_ID are set, where the local emulator is not used'),
  ]);
});
