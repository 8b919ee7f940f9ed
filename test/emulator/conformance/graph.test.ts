import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, graph, postToken, tokensOf } from '../stage.ts';
import { json, type Seen } from '../visitor.ts';
import { NIA, SAM } from './strict.ts';

// Each test names the row of section G of the wire reference that it asserts, and that row's source; the rest of
// section G is in ../graph.test.ts.

const EVENTUAL = { ConsistencyLevel: 'eventual' };
const PHOTOS_ONLY = '6a1d8e4f-3c2b-4dae-9f80-000000000001';
const BASIC_APP = '6a1d8e4f-3c2b-4dae-9f80-000000000002';
const FULL_APP = '6a1d8e4f-3c2b-4dae-9f80-000000000003';

let emulator: Emulator;
let adele: unknown;
let app: unknown;
beforeAll(async () => {
  const permitted = (clientId: string, permission: string) => ({
    ...{ clientId, secrets: [{ value: 'right' }], adminConsented: true },
    applicationPermissions: [permission],
  });
  const person = (name: string, end: string) => ({
    ...{ username: `${end}@contoso.example`, kind: 'work', displayName: name, tenantId: CONTOSO },
    objectId: `7b1f0c3a-1111-4222-8333-00000000000${end}`,
  });
  const seed = readSeed({
    accounts: [person("Conan O'Neil", '1'), person('TeamBlue42 Östergård-Smith', '2')],
    registrations: [
      permitted(PHOTOS_ONLY, 'ProfilePhoto.Read.All'),
      permitted(BASIC_APP, 'User.ReadBasic.All'),
      permitted(FULL_APP, 'User.Read.All'),
    ],
  });
  emulator = await openEmulator({ seed, strictRegistrations: false });
});
beforeEach(async () => {
  emulator.reset();
  adele = (await tokensOf(emulator)).access_token;
  app = await appToken(FULL_APP);
});
afterAll(() => emulator.close());

async function appToken(clientId: string): Promise<unknown> {
  const scope = 'https://graph.microsoft.com/.default';
  const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'right', scope };
  return json(await postToken(emulator, fields, CONTOSO)).access_token;
}

const query = (path: string, headers: Record<string, string> = {}, token = adele): Promise<Seen> =>
  graph(emulator, path, token, headers);
const names = (seen: Seen): unknown[] =>
  (json(seen).value as { displayName: string }[]).map((one) => one.displayName);

describe('G1. who may ask what', () => {
  test('an app with User.ReadBasic.All lists people, and sees little of them [merill.net]', async () => {
    const seen = await query(`/users/${NIA}`, {}, await appToken(BASIC_APP));
    expect(json(seen)).toMatchObject({ displayName: 'Nia Okafor', jobTitle: null });
    expect((await query('/users', {}, await appToken(BASIC_APP))).status).toBe(200);
  });

  test('ProfilePhoto.Read.All is enough for photos, and for nothing else [MGD profilephoto-get.md]', async () => {
    const token = await appToken(PHOTOS_ONLY);
    expect((await query(`/users/${ADELE}/photo/$value`, {}, token)).status).toBe(200);
    expect((await query(`/users/${ADELE}`, {}, token)).status).toBe(403);
  });

  test('User.Read reads oneself, photo included, and nobody else [MGD user-get.md, profilephoto-get.md]', async () => {
    const token = (await tokensOf(emulator, NIA, { scope: 'User.Read' })).access_token;
    const statuses = [];
    for (const path of [
      '/me',
      `/users/${NIA}`,
      '/me/photo',
      `/users/${ADELE}`,
      `/users/${ADELE}/photo/$value`,
    ])
      statuses.push((await query(path, {}, token)).status);
    expect(statuses).toEqual([200, 200, 404, 403, 403]);
  });

  test('a personal account reads itself by id and nobody else [MGD user-get.md]', async () => {
    const token = (await tokensOf(emulator, SAM)).access_token;
    const { id } = json(await query('/me', {}, token));
    expect((await query(`/users/${id}`, {}, token)).status).toBe(200);
    expect((await query(`/users/${ADELE}`, {}, token)).status).toBe(400);
  });
});

describe('G2. bodies', () => {
  test('the members of a list, in their order [MGD user-list.md; gh microsoft-graph-docs#4993]', async () => {
    const body = json(await query('/users?$top=1&$count=true', EVENTUAL));
    expect(Object.keys(body)).toEqual(['@odata.context', '@odata.count', '@odata.nextLink', 'value']);
    const single = json(await query('/me'));
    expect(single['@odata.context']).toBe(`${emulator.baseUrl}/v1.0/$metadata#users/$entity`);
  });

  test('what is absent is null, or an empty list [MGD user-list.md]', async () => {
    expect(json(await query('/me'))).toMatchObject({ mobilePhone: null });
    expect(json(await query(`/users/${NIA}`))).toMatchObject({ mobilePhone: null, businessPhones: [] });
  });

  test.each([
    'postalCode',
    'jobTitle',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'department',
    'city',
  ])(
    'User.ReadBasic.All: %s is present but null, also when selected [gh microsoft-graph-docs#2155, #4993, #2833]',
    async (property) => {
      const seen = await query(`/users/${NIA}?$select=${property}`);
      expect(json(seen)).toHaveProperty(property, null);
    },
  );

  test('User.ReadBasic.All: what it does show [gh microsoft-graph-toolkit#2624]', async () => {
    const select = 'displayName,givenName,id,mail,securityIdentifier,surname,userPrincipalName';
    const seen = json(await query(`/users/${NIA}?$select=${select}`));
    expect(seen).toMatchObject({
      securityIdentifier: 'S-1-12-1-461253987-1281896012-1031434122-42671258',
    });
    for (const name of select.split(',')) expect(seen[name]).toEqual(expect.stringMatching(/./));
    expect((await query(`/users/${ADELE}/photo/$value`)).status).toBe(200);
  });
});

describe('G3. query options', () => {
  test('$search and $filter together, by AND [MGD concepts/search-query-parameter.md]', async () => {
    const search = '$search="displayName:adele"';
    const both = (filter: string) => query(`/users?${search}&$filter=${filter}`, EVENTUAL);
    expect(names(await both("surname eq 'Vance'"))).toEqual(['Adele Vance']);
    expect(names(await both("surname eq 'Okafor'"))).toEqual([]);
  });

  test.each(['team', 'blue', '42', 'ÖSTER', 'smith', 'smith team', 'blue 42'])(
    '$search displayName:%s finds words at spaces, digits, capitals and symbols [MGD search-query-parameter.md]',
    async (words) => {
      const search = encodeURIComponent(`"displayName:${words}"`);
      expect(names(await query(`/users?$search=${search}`, EVENTUAL))).toContain(
        'TeamBlue42 Östergård-Smith',
      );
    },
  );

  test('a next link needs its header again [MGD concepts/paging.md]', async () => {
    const path = '/users?$top=1&$search="displayName:a"';
    const link = String(json(await query(path, EVENTUAL))['@odata.nextLink']);
    const rest = link.slice(`${emulator.baseUrl}/v1.0`.length);
    expect(link.startsWith(`${emulator.baseUrl}/v1.0/users?`)).toBe(true);
    expect((await query(rest)).status).toBe(400);
    expect((await query(rest, EVENTUAL)).status).toBe(200);
  });

  test.each([
    'displayName',
    'givenName',
    'jobTitle',
    'mail',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'mailNickname',
  ])('$filter on %s: eq, in, ge, le, startsWith, and, or [MGD resources/user.md]', async (property) => {
    const filters = [
      `${property} eq 'x'`,
      `${property} in ('x','y')`,
      `${property} ge 'x' and ${property} le 'y'`,
      `startsWith(${property},'x') or ${property} eq null`,
    ];
    for (const filter of filters) expect((await query(`/users?$filter=${filter}`, {}, app)).status).toBe(200);
  });

  test('a quote in a text is doubled [OData]', async () => {
    const filter = encodeURIComponent("displayName eq 'Conan O''Neil'");
    expect(names(await query(`/users?$filter=${filter}`))).toEqual(["Conan O'Neil"]);
  });

  test('/users/$count counts what a filter or a search leaves [MGD user-list.md]', async () => {
    const filter = encodeURIComponent("startsWith(displayName,'Adele V')");
    expect((await query(`/users/$count?$filter=${filter}`, EVENTUAL)).text).toBe('1');
  });
});

describe('G4. photos', () => {
  test.each(['48x48', '64x64', '96x96', '120x120', '240x240', '360x360', '432x432', '504x504', '648x648'])(
    'the size %s [MGD profilephoto-get.md]',
    async (size) => {
      const seen = await query(`/users/${ADELE}/photos/${size}/$value`);
      expect([seen.status, seen.headers['content-type']]).toEqual([200, 'image/jpeg']);
    },
  );

  test('/photos tells of all sizes [MGD profilephoto-get.md], and none has words of its own [gh b2c sample#23]', async () => {
    expect(json(await query(`/users/${ADELE}/photos`)).value).toHaveLength(9);
    expect(json(await query(`/users/${NIA}/photo/$value`)).error).toMatchObject({
      message: "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
    });
  });
});

describe('G5 to G7. errors, headers, challenges', () => {
  test('403 [gh passport-outlook#20]: in Graph’s words', async () => {
    const little = (await tokensOf(emulator, NIA, { scope: 'User.Read' })).access_token;
    expect(json(await query('/users', {}, little)).error).toMatchObject({
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
  });

  test.each([1, 0.5])('429 [MGD concepts/throttling.md]: Retry-After of %d seconds', async (seconds) => {
    emulator.addFault({ at: 'users', fault: { kind: 'throttled', retryAfterSeconds: seconds } });
    const seen = await query('/users');
    expect([seen.status, seen.headers['retry-after']]).toEqual([429, String(seconds)]);
    expect(json(seen).error).toEqual({
      code: 'TooManyRequests',
      message: 'Please retry again later.',
      innerError: {
        code: '429',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        message: 'Please retry after',
        'request-id': seen.headers['request-id'],
        status: '429',
      },
    });
  });

  test('503 may carry Retry-After [MGD concepts/errors.md]', async () => {
    const headers = { 'Retry-After': '3' };
    emulator.addFault({ at: 'users', fault: { kind: 'status', status: 503, headers } });
    const seen = await query('/users');
    expect([seen.status, seen.headers['retry-after']]).toEqual([503, '3']);
  });

  test('G6 [FS:46419068389; MGD docs samples]: headers of every answer', async () => {
    const seen = await query('/users?$top=1');
    expect(seen.headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000',
      'client-request-id': seen.headers['request-id'],
      date: expect.any(String),
    });
    const { ServerInfo } = JSON.parse(seen.headers['x-ms-ags-diagnostic'] ?? '');
    expect(Object.keys(ServerInfo)).toEqual(['DataCenter', 'Slice', 'Ring', 'ScaleUnit', 'RoleInstance']);
  });

  test('G7 [gh msgraph-sdk-java#2355; msgraph-sdk-dotnet#1416]: the words of a challenge', async () => {
    emulator.addFault({ at: 'me', fault: { kind: 'claims-challenge' } });
    const seen = await query('/me');
    const words =
      'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies';
    expect(json(seen).error).toMatchObject({ code: 'InvalidAuthenticationToken', message: words });
    expect(seen.headers['www-authenticate']).toMatch(
      /^Bearer realm="", authorization_uri="https:\/\/login\.microsoftonline\.com\/common\/oauth2\/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", claims="[\w+/=]+", errorDescription="/,
    );
  });

  test('G7 [gh azure-sdk-for-js#31140; ED claims-challenge.md]: other claims, and by 403', async () => {
    const claims = { access_token: { xms_caeerror: { value: '10012' } } };
    emulator.addFault({ at: 'me', fault: { kind: 'claims-challenge', claims, status: 403 } });
    const seen = await query('/me');
    const [, encoded = ''] = /claims="([^"]+)"/.exec(seen.headers['www-authenticate'] ?? '') ?? [];
    expect([seen.status, JSON.parse(Buffer.from(encoded, 'base64').toString())]).toEqual([403, claims]);
  });

  test('G7 [MC; EXP]: what the challenge asks for is satisfied by the next token', async () => {
    const cp1 = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const first = await tokensOf(emulator, ADELE, { claims: cp1 });
    const wanted = JSON.stringify({
      access_token: { nbf: { essential: true, value: '1657834417' }, xms_cc: { values: ['cp1'] } },
    });
    const refresh = {
      ...{ grant_type: 'refresh_token', client_id: CLIENT_ID, claims: wanted },
      refresh_token: String(first.refresh_token),
    };
    const seen = await postToken(emulator, refresh);
    expect(seen.status).toBe(200);
    expect((await query('/me', {}, json(seen).access_token)).status).toBe(200);
  });
});
