import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, graph, postToken, SECRET, tokensOf } from './stage.ts';
import { json, type Seen, visitor } from './visitor.ts';

// Each test names the row of the wire reference's section G that it asserts, and that row's source.

const NIA = 'nia.okafor@contoso.example';
const SAM = 'sam.rivera@mailbox.example';
const JONAS = 'jonas.lindqvist@tailspin.example';
const EVENTUAL = { ConsistencyLevel: 'eventual' };

let emulator: Emulator;
let adele: unknown;
let app: unknown;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(async () => {
  emulator.reset();
  adele = (await tokensOf(emulator)).access_token;
  app = await appToken();
});
afterAll(() => emulator.close());

async function appToken(): Promise<unknown> {
  const fields = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: SECRET };
  const scope = 'https://graph.microsoft.com/.default';
  return json(await postToken(emulator, { ...fields, scope }, CONTOSO)).access_token;
}

const query = (path: string, headers: Record<string, string> = {}, token = adele): Promise<Seen> =>
  graph(emulator, path.replaceAll(' ', '%20').replaceAll('"', '%22'), token, headers);

const names = (seen: Seen): string[] =>
  (json(seen).value as { displayName: string }[]).map((one) => one.displayName);

describe('G1. calls', () => {
  test('/me [MGD user-get.md]: a person, never an app [gh pnp/pnpcore#905]', async () => {
    expect(json(await query('/me'))).toMatchObject({
      displayName: 'Adele Vance',
      jobTitle: 'Retail Manager',
    });
    const seen = await query('/me', {}, app);
    expect(seen.status).toBe(400);
    expect(json(seen).error).toMatchObject({
      code: 'BadRequest',
      message: '/me request is only valid with delegated authentication flow.',
    });
  });

  test('/me without a User permission [gh clocked0ne/passport-outlook#20]: 403 for work, 200 for personal', async () => {
    const scope = 'openid profile';
    const work = (await tokensOf(emulator, NIA, { scope })).access_token;
    const seen = await query('/me', {}, work);
    expect([seen.status, json(seen).error]).toEqual([
      403,
      expect.objectContaining({ code: 'Authorization_RequestDenied' }),
    ]);
    const personal = (await tokensOf(emulator, SAM, { scope })).access_token;
    expect((await query('/me', {}, personal)).status).toBe(200);
  });

  test('/users [MGD user-list.md]: needs its permission, and guests may not', async () => {
    const little = (await tokensOf(emulator, NIA, { scope: 'User.Read' })).access_token;
    expect((await query('/users', {}, little)).status).toBe(403);
    const guest = (await tokensOf(emulator, JONAS)).access_token;
    expect((await query('/users', {}, guest)).status).toBe(403);
    expect((await query('/users', {}, app)).status).toBe(200);
  });

  test('/users/{id or UPN} [MGD user-get.md]', async () => {
    const byName = json(await query(`/users/${NIA}`));
    expect(json(await query(`/users/${byName.id}`))).toMatchObject({ userPrincipalName: NIA });
    const guest = json(
      await query(`/users/${encodeURIComponent('jonas.lindqvist_tailspin.example#EXT#@contoso.example')}`),
    );
    expect(guest.displayName).toBe('Jonas Lindqvist');
    const seen = await query('/users/00000000-0000-0000-0000-000000000000');
    expect(seen.status).toBe(404);
    expect(json(seen).error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message:
        "Resource '00000000-0000-0000-0000-000000000000' does not exist or one of its queried reference-property objects are not present.",
    });
  });
});

describe('G2. bodies', () => {
  test('the default properties in their order [MGD user-list.md; gh microsoft-graph-docs#4993]', async () => {
    const body = json(await query('/users?$top=1'));
    expect(body['@odata.context']).toBe(`${emulator.baseUrl}/v1.0/$metadata#users`);
    expect(Object.keys((body.value as object[])[0] ?? {}).join(' ')).toBe(
      'businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName id',
    );
  });

  test('$select and the context [FS:46419068389; FS:35817094506]', async () => {
    const list = json(await query('/users?$top=1&$select=displayName,id'));
    expect(list['@odata.context']).toBe(`${emulator.baseUrl}/v1.0/$metadata#users(displayName,id)`);
    const one = json(await query(`/users/${NIA}?$select=displayName,id`));
    expect(one['@odata.context']).toBe(`${emulator.baseUrl}/v1.0/$metadata#users(displayName,id)/$entity`);
  });

  test('User.ReadBasic.All [gh microsoft-graph-docs#4993, #2833]: the rest is present, but null', async () => {
    const nia = json(await query(`/users/${NIA}`));
    expect(nia).toMatchObject({
      displayName: 'Nia Okafor',
      mail: NIA,
      jobTitle: null,
      officeLocation: null,
      businessPhones: [],
    });
    expect(json(await query(`/users/${NIA}?$select=jobTitle`)).jobTitle).toBeNull();
    expect(json(await query(`/users/${NIA}`, {}, app)).jobTitle).toBe('IT Administrator');
    const own = (json(await query('/users?$top=1')).value as { jobTitle: string }[])[0];
    expect(own?.jobTitle).toBe('Retail Manager');
  });

  test('a personal /me [evannotfound.com; FS:63435223871]: 16 hex characters, keys in another order', async () => {
    const me = json(await query('/me', {}, (await tokensOf(emulator, SAM)).access_token));
    expect(me.id).toMatch(/^[0-9a-f]{16}$/);
    expect(Object.keys(me).slice(1, 6)).toEqual([
      'userPrincipalName',
      'id',
      'displayName',
      'surname',
      'givenName',
    ]);
  });
});

describe('G3. query options', () => {
  test.each(['0', '1000', '-1', 'many'])('$top=%s [FS:28245261548]', async (top) => {
    const seen = await query(`/users?$top=${top}`);
    expect(seen.status).toBe(400);
    expect(json(seen).error).toMatchObject({
      code: 'Request_UnsupportedQuery',
      message: `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    });
  });

  test('100 by default [MGD user-list.md], $skip not at all', async () => {
    expect(names(await query('/users'))).toHaveLength(100);
    expect((await query('/users?$skip=10')).status).toBe(400);
  });

  test('paging [MGD concepts/paging.md]: the same parameters, an opaque token, a count on the first page only', async () => {
    const first = json(await query('/users?$top=200&$count=true&$select=displayName', EVENTUAL));
    expect(first['@odata.count']).toBe(253);
    const link = String(first['@odata.nextLink']);
    expect(link).toMatch(/\/v1\.0\/users\?\$top=200&\$count=true&\$select=displayName&\$skiptoken=[\w-]+$/);
    const second = json(await query(link.slice(`${emulator.baseUrl}/v1.0`.length), EVENTUAL));
    expect(second).not.toHaveProperty('@odata.count');
    expect(second).not.toHaveProperty('@odata.nextLink');
    expect(second.value).toHaveLength(53);
  });

  test('a skip token is good for its own query only', async () => {
    const link = String(json(await query('/users?$top=5'))['@odata.nextLink']);
    const token = link.split('$skiptoken=')[1];
    expect((await query(`/users?$top=5&$skiptoken=${token}`)).status).toBe(200);
    expect((await query(`/users?$top=6&$skiptoken=${token}`)).status).toBe(400);
    expect((await query('/users?$top=5&$skiptoken=junk')).status).toBe(400);
  });

  test.each([
    ['"displayName:vance"', ['Adele Vance']],
    ['"displayName:Adele Va"', ['Adele Vance']],
    ['"mail:adele.v"', ['Adele Vance']],
    ['"displayName:nia" OR "mail:adele."', ['Adele Vance', 'Nia Okafor']],
    ['"displayName:adele" AND "displayName:vance"', ['Adele Vance']],
    ['("displayName:adele" OR "displayName:nia") AND "mail:nia.okafor@"', ['Nia Okafor']],
    ['"displayName:dele"', []],
  ])('$search=%s [MGD concepts/search-query-parameter.md]', async (search, expected) => {
    const found = names(await query(`/users?$search=${search}`, EVENTUAL));
    expect(found.filter((name) => /^(Adele Vance|Nia Okafor)$/.test(name))).toEqual(expected);
  });

  test('$search in other scripts', async () => {
    expect(
      names(await query(`/users?$search=${encodeURIComponent('"displayName:佐藤"')}`, EVENTUAL)).length,
    ).toBeGreaterThan(0);
    expect(
      names(await query(`/users?$search=${encodeURIComponent('"displayName:كمال"')}`, EVENTUAL)).length,
    ).toBeGreaterThan(0);
  });

  test.each(['displayName:x', '"x"', '"displayName:x" "mail:x"', '"displayName:x" OR', '("displayName:x"'])(
    '$search=%s is not one',
    async (search) => {
      expect((await query(`/users?$search=${search}`, EVENTUAL)).status).toBe(400);
    },
  );

  test('$search without the header [MGD aad-advanced-queries.md]', async () => {
    expect(json(await query('/users?$search="displayName:a"')).error).toMatchObject({
      code: 'Request_UnsupportedQuery',
      message:
        "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    });
  });

  test('$count=true without the header is ignored; /users/$count without it is refused [MGD aad-advanced-queries.md]', async () => {
    expect(json(await query('/users?$count=true&$top=1'))).not.toHaveProperty('@odata.count');
    const refused = await query('/users/$count');
    expect([refused.status, json(refused).error]).toEqual([
      400,
      expect.objectContaining({ code: 'Request_BadRequest', message: '$count is not currently supported.' }),
    ]);
    const counted = await query('/users/$count', EVENTUAL);
    expect([counted.text, counted.headers['content-type']]).toEqual(['253', 'text/plain']);
  });

  test.each([
    ["displayName eq 'adele vance'", ['Adele Vance']],
    ["startsWith(displayName,'Nia O')", ['Nia Okafor']],
    [`userPrincipalName in ('${ADELE}','${NIA}')`, ['Adele Vance', 'Nia Okafor']],
    ["givenName eq 'Adele' and surname eq 'Vance'", ['Adele Vance']],
    ["(givenName eq 'Adele' or givenName eq 'Nia') and surname ge 'Ok' and surname le 'Ol'", ['Nia Okafor']],
    ["surname eq 'O’Neill'", []],
  ])('$filter=%s [MGD resources/user.md]', async (filter, expected) => {
    expect(
      names(await query(`/users?$filter=${filter}`)).filter((name) => /^(Adele V|Nia O)/.test(name)),
    ).toEqual(expected);
  });

  test.each([
    `endsWith(mail,'@contoso.example')`,
    "displayName ne 'x'",
    "not startsWith(displayName,'A')",
    "startsWith(displayName,'A')&$orderby=displayName",
  ])('$filter=%s is advanced [MGD aad-advanced-queries.md]', async (filter) => {
    expect(json(await query(`/users?$filter=${filter}`)).error).toMatchObject({
      code: 'Request_UnsupportedQuery',
      message: 'Unsupported Query.',
    });
    expect((await query(`/users?$filter=${filter}&$count=true`, EVENTUAL)).status).toBe(200);
  });

  test.each([
    "displayName eq 'it's'",
    'displayName',
    "nobody eq 'x'",
    "displayName eq 'x' and",
    "a eq 'b') or",
  ])('$filter=%s is not one', async (filter) => {
    expect((await query(`/users?$filter=${filter}`)).status).toBe(400);
  });

  test("doubled quotes [OData]: 't Hart is found", async () => {
    const found = await query(`/users?$filter=${encodeURIComponent("surname eq '''tHart'")}`);
    expect(found.status).toBe(200);
  });

  test('$orderby=displayName [MGD resources/user.md]: over all pages, both ways', async () => {
    const up = names(await query('/users?$orderby=displayName&$top=999'));
    expect(up).toEqual([...up].sort(new Intl.Collator('en').compare));
    const down = names(await query('/users?$orderby=displayName desc&$top=999'));
    expect(down).toEqual([...up].reverse());
  });

  test('$select of a property that a list has not [MGD user-list.md]: 501; of one nobody has: 400', async () => {
    expect((await query('/users?$select=aboutMe')).status).toBe(501);
    expect((await query('/users?$select=nothing')).status).toBe(400);
  });
});

describe('G4. photos', () => {
  test('a JPEG in several sizes [MGD profilephoto-get.md]', async () => {
    const seen = await query(`/users/${ADELE}/photos/48x48/$value`);
    expect([seen.status, seen.headers['content-type']]).toEqual([200, 'image/jpeg']);
    expect((await query('/me/photo/$value')).status).toBe(200);
    expect(json(await query('/me/photo'))).toMatchObject({ id: '648x648', width: 648 });
    expect((await query('/me/photos/50x50/$value')).status).toBe(400);
  });

  test('none [gh msgraph-sdk-dotnet-core#851]: 404 ImageNotFound; personal [gh msgraph-sample-aspnet-core#10]', async () => {
    const seen = await query(`/users/${NIA}/photo/$value`);
    expect([seen.status, json(seen).error]).toEqual([
      404,
      expect.objectContaining({ code: 'ImageNotFound' }),
    ]);
    const sam = (await tokensOf(emulator, SAM)).access_token;
    expect(json(await query('/me/photo/$value', {}, sam)).error).toMatchObject({
      code: 'ConsumerPhotoIsNotSupported',
    });
  });
});

describe('G5, G6. errors and headers', () => {
  test.each([
    ['not-a-token', 'IDX14100: JWT is not well formed, there are no dots (.).'],
    ['EwBjunk', 'CompactToken validation failed with reason code: 80049228.'],
  ])('the token %s [gh mail-archiver#267; flutter_appauth#575]', async (token, message) => {
    const seen = await query('/me', { 'client-request-id': 'my-id' }, token);
    expect(seen.status).toBe(401);
    expect(seen.headers['www-authenticate']).toBe(
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
    );
    expect(json(seen).error).toEqual({
      code: 'InvalidAuthenticationToken',
      message,
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        'request-id': seen.headers['request-id'],
        'client-request-id': 'my-id',
      },
    });
  });

  test('an expired token [gh mail-archiver#267], an ID token, a token of another kind of key', async () => {
    let nowMs = Date.now();
    const later = await openEmulator({ now: () => nowMs });
    try {
      const tokens = await tokensOf(later);
      expect((await graph(later, '/me', tokens.id_token)).status).toBe(401);
      nowMs += 2 * 3_600_000;
      expect(json(await graph(later, '/me', tokens.access_token)).error).toMatchObject({
        message: 'Access token has expired or is not yet valid.',
      });
      const [header, payload] = String(tokens.access_token).split('.');
      expect((await graph(later, '/me', `${header}.${payload}.AAAA`)).status).toBe(401);
    } finally {
      await later.close();
    }
  });

  test('success headers [FS:5682925443; FS:14122848738]', async () => {
    expect((await query('/users', { 'client-request-id': 'my-id' })).headers).toMatchObject({
      'content-type':
        'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
      'odata-version': '4.0',
      'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'client-request-id': 'my-id',
      'cache-control': 'no-cache',
    });
  });
});

describe('G7. continuous access evaluation', () => {
  const revoke = () => visitor().post(`${emulator.baseUrl}/_emulator/revoke`, { username: ADELE });

  test('a revoked session is challenged [gh msgraph-sdk-dotnet#1416], and a new sign-in is good at once', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const tokens = await tokensOf(emulator, ADELE, { claims });
    expect(tokens.expires_in).toBeGreaterThanOrEqual(20 * 3600);
    await revoke();
    const seen = await query('/me', {}, tokens.access_token);
    expect(seen.status).toBe(401);
    const [, encoded = ''] =
      /error="insufficient_claims", claims="([^"]+)"/.exec(seen.headers['www-authenticate'] ?? '') ?? [];
    expect(JSON.parse(Buffer.from(encoded, 'base64').toString())).toEqual({
      access_token: { nbf: { essential: true, value: expect.stringMatching(/^\d+$/) } },
    });
    const fresh = await tokensOf(emulator, ADELE, { claims });
    expect((await query('/me', {}, fresh.access_token)).status).toBe(200);
  });

  test('a client that did not say cp1 is not challenged [ED claims-challenge.md]', async () => {
    await revoke();
    expect((await query('/me')).status).toBe(200);
  });
});

test('userinfo has the subject of the ID token', async () => {
  const tokens = await tokensOf(emulator);
  const seen = await visitor().get(`${emulator.baseUrl}/oidc/userinfo`, {
    authorization: `Bearer ${tokens.access_token}`,
  });
  const [, payload = ''] = String(tokens.id_token).split('.');
  expect(json(seen).sub).toBe(JSON.parse(Buffer.from(payload, 'base64url').toString()).sub);
});
