import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openWorld, type World } from '../support/world.ts';
import { attemptSignIn } from '../threats/support/outcome.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { credential: { kind: 'managed-identity' } } });
});
afterEach(() => {
  delete process.env.IDENTITY_ENDPOINT;
  delete process.env.IDENTITY_HEADER;
});
afterAll(() => world.close());

/** MSAL keeps the endpoint, and the tokens of each identity, for the whole process. */
function inAppService(clientId?: string): void {
  process.env.IDENTITY_ENDPOINT = `${world.emulator.baseUrl}/msi/token`;
  process.env.IDENTITY_HEADER = 'any';
  const identity = clientId === undefined ? {} : { clientId };
  world.restart({ credential: { kind: 'managed-identity', ...identity } });
}

test('people sign in at an app without a secret: its managed identity vouches for it', async () => {
  inAppService();
  expect((await attemptSignIn(world)).page.status).toBe(302);
  const [identity] = await world.received('/msi/token');
  expect(identity?.query).toMatchObject({ resource: 'api://AzureADTokenExchange' });
  const [redeemed] = await world.received('/oauth2/v2.0/token');
  expect(redeemed?.body).toMatchObject({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  expect(redeemed?.body).not.toHaveProperty('client_secret');
});

test('one that gives no token is a page that says the app’s credential cannot be used, and a line why', async () => {
  inAppService('7c0c7d3e-2b1a-4c9d-8e7f-00000000000f');
  const body = { error: 'invalid_request', error_description: 'Identity not found' };
  await world.fault({ at: 'managed-identity', fault: { kind: 'status', status: 400, body } });
  const { page } = await attemptSignIn(world);
  expect([page.status, page.text]).toEqual([
    503,
    expect.stringContaining('The app has no usable credential'),
  ]);
  const line = world.log.find(({ reason }) => reason === 'credential_unusable');
  expect(line?.explanation).toMatch(/Check that the identity is assigned/);
});

test.each([
  ['not a word', { kind: 'status', status: 200, body: {} }, 'answered 200 without a token. Check'],
  [
    'a token of two lines',
    { kind: 'status', status: 200, body: { access_token: 'a\r\nb' } },
    'answered 200 without a token. Check',
  ],
  ['a page', { kind: 'status', status: 200, body: '<html>' }, 'answered 200 without a token. Check'],
  [
    'that it is being updated',
    { kind: 'status', status: 410, body: {} },
    'answered 410: it is busy or being updated. Try again',
  ],
  ['that it refuses', { kind: 'status', status: 403, body: {} }, 'answered 403. Check'],
] as const)(
  'an endpoint that answers %s: the log has its status, and nobody is signed in',
  async (_what, fault, sentence) => {
    inAppService('7c0c7d3e-2b1a-4c9d-8e7f-0000000000aa');
    world.emulator.clearFaults();
    await world.fault({ at: 'managed-identity', fault, times: 'always' });
    const before = (await world.received('/oauth2/v2.0/token')).length;
    const { page } = await attemptSignIn(world);
    expect(page.status).toBe(503);
    const lines = world.log.filter(({ reason }) => reason === 'credential_unusable');
    expect(lines.at(-1)?.explanation).toContain(`Its endpoint ${sentence}`);
    expect(await world.received('/oauth2/v2.0/token')).toHaveLength(before);
  },
);
