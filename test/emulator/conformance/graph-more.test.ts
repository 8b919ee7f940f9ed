import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, claimsOf, graph, postToken, SECRET, signIn, tokensOf } from '../stage.ts';
import { ask, json, redirected, type Seen } from '../visitor.ts';
import { GUID, NIA } from './strict.ts';

// K5 of the wire reference, and K4 for paths: the rest of Microsoft Graph.

const seed = readSeed({
  graph: { '/me/events': { value: [{ subject: 'Tea' }] }, 'POST /me/sendMail': null },
});

let emulator: Emulator;
let app: unknown;
let nia: unknown;
beforeAll(async () => {
  emulator = await openEmulator({ users: 30, seed });
});
beforeEach(async () => {
  emulator.reset();
  const fields = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: SECRET };
  const scope = 'https://graph.microsoft.com/.default';
  app = json(await postToken(emulator, { ...fields, client_id: 'everything', scope }, CONTOSO)).access_token;
  const all =
    'User.ReadWrite.All Group.ReadWrite.All Application.ReadWrite.All Directory.Read.All openid offline_access';
  nia = (await tokensOf(emulator, NIA, { scope: all })).access_token;
});
afterAll(() => emulator.close());

const get = (path: string, token: unknown = nia, headers: Record<string, string> = {}): Promise<Seen> =>
  graph(emulator, path, token, headers);

const send = (method: string, path: string, body?: unknown, token: unknown = nia): Promise<Seen> =>
  ask(
    `${emulator.baseUrl}/v1.0${path}`,
    { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
    body === undefined ? undefined : JSON.stringify(body),
  );

const idOf = async (name: string): Promise<string> => String(json(await get(`/users/${name}`)).id);
const newUser = (name: string, changes: object = {}) => ({
  accountEnabled: true,
  displayName: 'Grace Hopper',
  mailNickname: name,
  userPrincipalName: `${name}@contoso.example`,
  passwordProfile: { password: 'not kept' },
  ...changes,
});

describe('K4. paths and options', () => {
  test.each([`/users('${ADELE}')`, `/users/${encodeURIComponent(ADELE)}`, `/Users/${ADELE}`])(
    '%s is /users/{id} [OData URL conventions]',
    async (path) => {
      expect(json(await get(path))).toMatchObject({ userPrincipalName: ADELE });
    },
  );

  test('%24 is $ [OData URL conventions]', async () => {
    expect((await get(`/users/%24count`, nia, { consistencylevel: 'eventual' })).text).toMatch(/^\d+$/);
    expect((await get(`/users/${ADELE}/photo/%24value`)).headers['content-type']).toBe('image/jpeg');
  });

  test('empty segments do not count [the Graph SDK for Python asks for /v1.0//users]', async () => {
    for (const path of ['//users', '//users/$count', `/users//${ADELE}/`, '//me///events'])
      expect([path, (await get(path, nia, { consistencylevel: 'eventual' })).status]).toEqual([path, 200]);
  });

  test('/beta is the same, under its own name', async () => {
    const seen = await ask(`${emulator.baseUrl}/beta/me`, { headers: { authorization: `Bearer ${nia}` } });
    expect(json(seen)['@odata.context']).toBe(`${emulator.baseUrl}/beta/$metadata#users/$entity`);
  });

  test('odata.metadata=none leaves the context out', async () => {
    const seen = await get('/me', nia, { accept: 'application/json;odata.metadata=none' });
    expect(json(seen)).not.toHaveProperty('@odata.context');
    expect(seen.headers['content-type']).toContain('odata.metadata=none');
    expect(json(await get('/me?$format=application/json;odata.metadata=none'))).not.toHaveProperty(
      '@odata.context',
    );
  });

  test('options in capitals are the same; one that nobody has is refused', async () => {
    expect((await get('/users?$orderBy=displayName&$Top=2')).status).toBe(200);
    for (const path of ['/users?$apply=x', '/me?$top=1', '/groups?$levels=1', '/users/delta?$filter=x']) {
      const seen = await get(path);
      expect([path, seen.status, json(seen).error]).toEqual([
        path,
        400,
        expect.objectContaining({
          code: 'BadRequest',
          message: expect.stringContaining('does not have the query option'),
        }),
      ]);
    }
  });

  test.each(['/me/messages', '/sites/root', '/v2', '/users/x/y/z'])(
    '%s is not here: 501 in Graph’s own envelope, readable by scripts',
    async (path) => {
      const seen = await get(path, undefined, { origin: 'http://localhost:9999' });
      expect([seen.status, seen.headers['access-control-allow-origin'], json(seen).error]).toEqual([
        501,
        '*',
        {
          code: 'NotImplemented',
          message: expect.stringMatching(/^The emulator does not have GET \/v1\.0\//),
          innerError: expect.objectContaining({ 'request-id': expect.stringMatching(GUID) }),
        },
      ]);
      const before = await ask(`${emulator.baseUrl}/v1.0${path}`, {
        method: 'OPTIONS',
        headers: { origin: 'http://localhost:9999' },
      });
      expect([before.status, before.headers['access-control-allow-methods']]).toEqual([
        204,
        expect.stringContaining('PATCH'),
      ]);
    },
  );

  test('every documented property can be selected, null where nothing is known [MGD resources/user.md]', async () => {
    const names =
      'identities,assignedLicenses,employeeOrgData,onPremisesExtensionAttributes,usageLocation,otherMails';
    expect(json(await get(`/users/${ADELE}?$select=${names}`))).toMatchObject({
      identities: [],
      assignedLicenses: [],
      employeeOrgData: null,
      onPremisesExtensionAttributes: null,
      usageLocation: null,
      otherMails: [],
    });
  });
});

describe('K5. responses of one’s own', () => {
  test('from the seed, for whatever the emulator has not', async () => {
    expect(json(await get('/me/events'))).toEqual({ value: [{ subject: 'Tea' }] });
    expect((await send('POST', '/me/sendMail', {})).status).toBe(204);
    expect((await ask(`${emulator.baseUrl}/v1.0/me/events`)).status).toBe(401);
  });

  test('from the control API, until a reset', async () => {
    const url = `${emulator.baseUrl}/_emulator/graph`;
    const given = JSON.stringify({ '/me/drive': { id: 'mine' }, '/me': { displayName: 'Another' } });
    expect((await ask(url, { method: 'POST' }, given)).status).toBe(204);
    expect(json(await get('/me/drive'))).toEqual({ id: 'mine' });
    expect(json(await get('/me'))).toEqual({ displayName: 'Another' });
    expect((await ask(url, { method: 'POST' }, '{"me":1}')).status).toBe(400);
    await ask(url, { method: 'DELETE' });
    expect((await get('/me/drive')).status).toBe(501);
  });
});

describe('K5. organisation and reporting line', () => {
  test.each(['/me', '/organization', `/organization/${CONTOSO}`, '/me/memberOf', '/applications', '/groups'])(
    '%s: $select=* and an empty $select are everything',
    async (path) => {
      const contentOf = ({ '@odata.context': _context, ...content }: object & Record<string, unknown>) =>
        content;
      const whole = contentOf(json(await get(path)));
      expect(contentOf(json(await get(`${path}?$select=*`)))).toEqual(whole);
      expect(contentOf(json(await get(`${path}?$select=`)))).toEqual(whole);
    },
  );

  test('/organization [MGD organization-list.md]', async () => {
    const [own] = json(await get('/organization')).value as Record<string, unknown>[];
    expect(own).toMatchObject({ id: CONTOSO, displayName: 'Contoso', tenantType: 'AAD' });
    expect(own?.verifiedDomains).toEqual([
      expect.objectContaining({ name: 'contoso.example', isDefault: true }),
    ]);
    expect(json(await get(`/organization/${CONTOSO}?$select=id`))).toMatchObject({ id: CONTOSO });
    expect((await get('/organization/elsewhere')).status).toBe(404);
  });

  test('manager and directReports agree [MGD user-list-manager.md, user-list-directreports.md]', async () => {
    const manager = json(await get(`/users/${ADELE}/manager`));
    expect(manager).toMatchObject({ '@odata.type': '#microsoft.graph.user', userPrincipalName: NIA });
    const reports = json(await get('/me/directReports?$select=userPrincipalName')).value as object[];
    expect(reports).toContainEqual({ '@odata.type': '#microsoft.graph.user', userPrincipalName: ADELE });
    expect((await get('/me/manager')).status).toBe(404);
    const { access_token: adele } = await tokensOf(emulator, ADELE, { scope: 'User.Read openid' });
    expect((await get('/me/manager', adele)).status).toBe(403);
    expect((await get('/me/directReports', adele)).status).toBe(200);
  });

  test('$expand=manager on a list and on one [MGD user-list-manager.md]; anything else is refused', async () => {
    const one = json(await get(`/users/${ADELE}?$expand=manager($select=displayName)`));
    expect(one).toMatchObject({ displayName: 'Adele Vance', manager: { displayName: 'Nia Okafor' } });
    const list = json(await get('/users?$expand=manager&$top=2')).value as Record<string, unknown>[];
    expect(list.map((row) => 'manager' in row)).toEqual([true, false]);
    expect((await get('/users?$expand=drive')).status).toBe(400);
    expect((await get('/users?$expand=manager($expand=manager)')).status).toBe(400);
  });

  test('a manager can be set and taken away', async () => {
    const someone = (
      json(await get("/users?$top=1&$filter=startsWith(userPrincipalName,'jonas')")).value as { id: string }[]
    )[0];
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${someone?.id}` };
    expect((await send('PUT', `/users/${NIA}/manager/$ref`, reference)).status).toBe(204);
    expect(json(await get('/me/manager')).id).toBe(someone?.id);
    expect((await send('DELETE', `/users/${NIA}/manager/$ref`)).status).toBe(204);
    expect((await get('/me/manager')).status).toBe(404);
  });
});

describe('K5. writes', () => {
  test('a user who is made can sign in at once, be changed, found and taken away [MGD user-post-users.md]', async () => {
    const made = await send('POST', '/users', newUser('grace', { jobTitle: 'Admiral', city: 'Arlington' }));
    expect([made.status, json(made)]).toEqual([
      201,
      expect.objectContaining({ displayName: 'Grace Hopper', userPrincipalName: 'grace@contoso.example' }),
    ]);
    const back = await tokensOf(emulator, 'grace@contoso.example', { scope: 'User.Read openid profile' });
    expect(claimsOf(back.id_token)).toMatchObject({ oid: json(made).id, name: 'Grace Hopper' });
    const change = {
      displayName: 'Rear Admiral Hopper',
      city: 'New York',
      userPrincipalName: 'rear@contoso.example',
    };
    expect((await send('PATCH', '/users/grace@contoso.example', change)).status).toBe(204);
    expect((await get('/users/grace@contoso.example')).status).toBe(404);
    expect(json(await get('/users/rear@contoso.example?$select=displayName,city,jobTitle'))).toMatchObject({
      displayName: 'Rear Admiral Hopper',
      city: 'New York',
      jobTitle: 'Admiral',
    });
    const found = json(await get("/users?$filter=startsWith(displayName,'Rear')")).value;
    expect(found).toHaveLength(1);
    expect((await send('DELETE', '/users/rear@contoso.example')).status).toBe(204);
    expect((await get(`/users/${json(made).id}`)).status).toBe(404);
    expect((await get('/me', back.access_token)).status).toBe(401);
  });

  test.each<[string, object, string]>([
    [
      'no name',
      { displayName: undefined },
      "A value is required for property 'displayName' of resource 'User'.",
    ],
    [
      'no password',
      { passwordProfile: undefined },
      "A value is required for property 'passwordProfile' of resource 'User'.",
    ],
    [
      'another domain',
      { userPrincipalName: 'x@elsewhere.example' },
      'The domain portion of the userPrincipalName property is invalid.',
    ],
    [
      'a taken name',
      { userPrincipalName: ADELE },
      'Another object with the same value for property userPrincipalName already exists.',
    ],
    ['an unknown property', { shoeSize: 43 }, "Property 'shoeSize' does not exist"],
  ])('a user with %s is refused', async (_what, changes, message) => {
    const seen = await send('POST', '/users', newUser('new', changes));
    expect([seen.status, json(seen).error]).toEqual([
      400,
      expect.objectContaining({ code: 'Request_BadRequest', message: expect.stringContaining(message) }),
    ]);
  });

  test('a colleague without an account can be changed and taken away too', async () => {
    const rows = json(await get('/users?$top=10')).value as { id: string; userPrincipalName: string }[];
    const colleague = rows.at(-1);
    expect(
      (
        await send('PATCH', `/users/${colleague?.id}`, {
          displayName: 'Zed',
          userPrincipalName: 'zed@contoso.example',
        })
      ).status,
    ).toBe(204);
    expect(json(await get('/users/zed@contoso.example')).id).toBe(colleague?.id);
    const counted = async () =>
      Number((await get('/users/$count', nia, { consistencylevel: 'eventual' })).text);
    const before = await counted();
    expect((await send('DELETE', `/users/${colleague?.id}`)).status).toBe(204);
    expect([await counted(), (await get(`/users/${colleague?.id}`)).status]).toEqual([before - 1, 404]);
    const last = json(await get('/users?$orderby=displayName desc&$top=1')).value as {
      displayName: string;
    }[];
    expect(last[0]?.displayName).not.toBe('Zed');
    emulator.reset();
  });

  test('a group, its members and their tokens’ memberships [MGD group-post-groups.md, group-post-members.md]', async () => {
    const body = {
      displayName: 'Sailors',
      mailEnabled: false,
      mailNickname: 'sailors',
      securityEnabled: true,
    };
    const made = json(await send('POST', '/groups', body));
    const adele = await idOf(ADELE);
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${adele}` };
    expect((await send('POST', `/groups/${made.id}/members/$ref`, reference)).status).toBe(204);
    expect(json(await send('POST', `/groups/${made.id}/members/$ref`, reference)).error).toMatchObject({
      message: expect.stringContaining('already exist'),
    });
    const ids = json(await send('POST', `/users/${adele}/getMemberGroups`, { securityEnabledOnly: true }));
    expect(ids.value).toContain(made.id);
    expect((await send('PATCH', `/groups/${made.id}`, { description: 'At sea' })).status).toBe(204);
    expect(json(await get(`/groups/${made.id}`))).toMatchObject({
      description: 'At sea',
      displayName: 'Sailors',
    });
    expect((await send('DELETE', `/groups/${made.id}/members/${adele}/$ref`)).status).toBe(204);
    expect(json(await get(`/groups/${made.id}/members`)).value).toEqual([]);
    expect((await send('DELETE', `/groups/${made.id}`)).status).toBe(204);
    expect((await get(`/groups/${made.id}`)).status).toBe(404);
  });

  test('an application and its secret, which lets it in [MGD application-addpassword.md]', async () => {
    const made = json(
      await send('POST', '/applications', {
        displayName: 'New',
        web: { redirectUris: ['http://localhost:4000/cb'] },
      }),
    );
    expect(made).toMatchObject({
      appId: expect.stringMatching(GUID),
      passwordCredentials: [],
      signInAudience: 'AzureADMyOrg',
    });
    const added = json(
      await send('POST', `/applications/${made.id}/addPassword`, {
        passwordCredential: { displayName: 'One' },
      }),
    );
    expect(added).toMatchObject({
      displayName: 'One',
      keyId: expect.stringMatching(GUID),
      secretText: expect.any(String),
    });
    const shown = json(await get(`/applications(appId='${made.appId}')`)).passwordCredentials;
    expect(shown).toEqual([expect.objectContaining({ keyId: added.keyId, secretText: null })]);
    expect(JSON.stringify(shown)).not.toContain(String(added.secretText));
    expect(
      (await send('POST', `/applications/${made.id}/removePassword`, { keyId: added.keyId })).status,
    ).toBe(204);
    expect(json(await get(`/applications/${made.id}`)).passwordCredentials).toEqual([]);
    expect((await get(`/servicePrincipals(appId='${made.appId}')`)).status).toBe(404);
    expect((await send('POST', '/servicePrincipals', { appId: made.appId })).status).toBe(201);
    expect((await send('POST', '/servicePrincipals', { appId: made.appId })).status).toBe(409);
    const principal = json(await get(`/servicePrincipals(appId='${made.appId}')`));
    expect(principal).toMatchObject({
      appId: made.appId,
      displayName: 'New',
      servicePrincipalType: 'Application',
    });
    expect((await send('PATCH', `/applications/${made.id}`, { displayName: 'Newer' })).status).toBe(204);
    expect((await send('DELETE', `/applications/${made.id}`)).status).toBe(204);
    expect((await get(`/applications/${made.id}`)).status).toBe(404);
  });

  test('an application is registered like any other: a strict emulator takes its secret and its addresses alone', async () => {
    const id = '8a0c7d3e-2b1a-4c9d-8e7f-000000000001';
    const admin = {
      clientId: id,
      secrets: [{ value: 'right' }],
      applicationPermissions: ['Application.ReadWrite.All'],
      adminConsented: true,
    };
    const strict = await openEmulator({ seed: { registrations: [admin] } });
    try {
      const token = async (client_id: unknown, client_secret: unknown) =>
        postToken(
          strict,
          {
            grant_type: 'client_credentials',
            scope: '.default',
            client_id: String(client_id),
            client_secret: String(client_secret),
          },
          CONTOSO,
        );
      const headers = {
        authorization: `Bearer ${json(await token(id, 'right')).access_token}`,
        'content-type': 'application/json',
      };
      const post = async (path: string, body: unknown) =>
        ask(`${strict.baseUrl}/v1.0${path}`, { method: 'POST', headers }, JSON.stringify(body));
      const made = json(await post('/applications', { displayName: 'New' }));
      expect((await token(made.appId, 'guess')).status).toBe(401);
      const { secretText } = json(await post(`/applications/${made.id}/addPassword`, {}));
      expect(json(await token(made.appId, secretText)).error_codes).toEqual([7000229]);
      await post('/servicePrincipals', { appId: made.appId });
      expect((await token(made.appId, secretText)).status).toBe(200);
      const away = await post('/applications', {
        displayName: 'Away',
        web: { redirectUris: ['https://evil.example/cb'] },
      });
      expect([away.status, away.text]).toEqual([400, expect.stringContaining('not on this machine')]);
    } finally {
      await strict.close();
    }
  });

  test('permissions: without them 403, and nothing changes', async () => {
    const { access_token: adele } = await tokensOf(emulator, ADELE, { scope: 'User.ReadBasic.All openid' });
    for (const [method, path, body] of [
      ['POST', '/users', newUser('x')],
      ['PATCH', `/users/${NIA}`, { displayName: 'X' }],
      ['DELETE', `/users/${NIA}`, undefined],
      ['POST', '/groups', { displayName: 'x' }],
      ['POST', '/applications', { displayName: 'x' }],
    ] as const)
      expect([method, path, (await send(method, path, body, adele)).status]).toEqual([method, path, 403]);
    expect(json(await get('/me')).displayName).toBe('Nia Okafor');
  });

  test('a body that is no JSON object is said so', async () => {
    const seen = await ask(
      `${emulator.baseUrl}/v1.0/users`,
      { method: 'POST', headers: { authorization: `Bearer ${nia}` } },
      '[]',
    );
    expect([seen.status, json(seen).error]).toEqual([
      400,
      expect.objectContaining({ message: expect.stringContaining('Unable to read JSON request payload') }),
    ]);
  });
});

describe('K5. $batch and delta', () => {
  test('$batch [MGD json-batching.md]: one response for each request, in its own shape', async () => {
    const requests = [
      { id: '1', method: 'GET', url: '/me?$select=displayName' },
      { id: '2', method: 'GET', url: 'users?$count=true&$top=1', headers: { ConsistencyLevel: 'eventual' } },
      {
        id: '3',
        method: 'PATCH',
        url: `/users/${ADELE}`,
        body: { jobTitle: 'Pilot' },
        headers: { 'Content-Type': 'application/json' },
      },
      { id: '4', method: 'GET', url: `/users/${ADELE}?$select=jobTitle`, dependsOn: ['3'] },
      { id: '5', method: 'GET', url: '/users/nobody' },
      { id: '6', method: 'GET', url: '/me', dependsOn: ['5'] },
      { id: '7', method: 'GET', url: `/users/${ADELE}/photo/$value` },
    ];
    const { responses } = json(await send('POST', '/$batch', { requests })) as {
      responses: { id: string; status: number; body: Record<string, unknown> }[];
    };
    expect(responses.map(({ id, status }) => [id, status])).toEqual([
      ['1', 200],
      ['2', 200],
      ['3', 204],
      ['4', 200],
      ['5', 404],
      ['6', 424],
      ['7', 200],
    ]);
    expect(responses[0]?.body.displayName).toBe('Nia Okafor');
    expect(responses[1]?.body['@odata.count']).toEqual(expect.any(Number));
    expect(responses[3]?.body.jobTitle).toBe('Pilot');
    expect(Buffer.from(String(responses[6]?.body), 'base64').subarray(0, 2).toString('hex')).toBe('ffd8');
  });

  test('$batch: too many, the same id twice, a batch in a batch', async () => {
    const one = { method: 'GET', url: '/me' };
    const many = Array.from({ length: 21 }, (_, index) => ({ ...one, id: String(index) }));
    expect((await send('POST', '/$batch', { requests: many })).status).toBe(400);
    expect(
      (
        await send('POST', '/$batch', {
          requests: [
            { ...one, id: '1' },
            { ...one, id: '1' },
          ],
        })
      ).status,
    ).toBe(400);
    const inner = { id: '1', method: 'POST', url: '/$batch', body: { requests: [] } };
    const { responses } = json(await send('POST', '/$batch', { requests: [inner] })) as {
      responses: { status: number }[];
    };
    expect(responses[0]?.status).toBe(501);
  });

  test('users/delta [MGD user-delta.md]: everybody, then what changed, then nothing', async () => {
    const followed = async (path: string): Promise<Record<string, unknown>> => {
      const link = new URL(path, `${emulator.baseUrl}/`);
      return json(await ask(link.href, { headers: { authorization: `Bearer ${nia}` } }));
    };
    let page = json(await get('/users/delta?$select=displayName&$top=20'));
    const everybody = [...(page.value as object[])];
    while (page['@odata.nextLink'] !== undefined) {
      page = await followed(String(page['@odata.nextLink']));
      everybody.push(...(page.value as object[]));
    }
    expect(everybody).toHaveLength(33);
    expect(Object.keys(everybody[0] ?? {}).sort()).toEqual(['displayName', 'id']);
    const made = json(await send('POST', '/users', newUser('delta')));
    const adele = await idOf(ADELE);
    await send('PATCH', `/users/${adele}`, { displayName: 'Adele Again' });
    await send('DELETE', `/users/${made.id}`);
    const changes = await followed(String(page['@odata.deltaLink']));
    expect(changes.value).toEqual(
      expect.arrayContaining([
        { id: made.id, '@removed': { reason: 'changed' } },
        { id: adele, displayName: 'Adele Again' },
      ]),
    );
    expect((await followed(String(changes['@odata.deltaLink']))).value).toEqual([]);
    const latest = json(await get('/users/delta?$deltatoken=latest'));
    expect([latest.value, latest['@odata.deltaLink']]).toEqual([[], expect.stringContaining('$deltatoken=')]);
    expect((await get('/users/delta?$deltatoken=junk')).status).toBe(400);
  });

  test('groups/delta tells the members [MGD group-delta.md]', async () => {
    const page = json(await get('/groups/delta()'));
    const staff = (page.value as Record<string, unknown>[]).find((one) => one.displayName === 'Retail');
    expect(staff?.['members@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: await idOf(ADELE) },
    ]);
  });
});

describe('K5. Azure Resource Manager', () => {
  test.each(['/subscriptions?api-version=2022-12-01', '/tenants?api-version=2022-12-01'])(
    '%s is empty',
    async (path) => {
      const { access_token: token } = await tokensOf(emulator, ADELE, {
        scope: 'https://management.azure.com/user_impersonation openid',
      });
      const headers = { authorization: `Bearer ${token}` };
      expect(json(await ask(emulator.baseUrl + path, { headers }))).toEqual({ value: [] });
      expect((await ask(emulator.baseUrl + path)).status).toBe(401);
      expect(
        (await ask(emulator.baseUrl + path, { headers: { authorization: `Bearer ${nia}` } })).status,
      ).toBe(401);
    },
  );
});

test('Azure Resource Manager wants api-version, and says what it does not have', async () => {
  const { access_token: token } = await tokensOf(emulator, ADELE, {
    scope: 'https://management.azure.com/user_impersonation openid',
  });
  const headers = { authorization: `Bearer ${token}` };
  const asked = (method: string, path: string) => ask(emulator.baseUrl + path, { method, headers });
  const codeOf = async (method: string, path: string) => {
    const seen = await asked(method, path);
    return [seen.status, (json(seen).error as { code: string }).code];
  };
  expect(await codeOf('GET', '/subscriptions')).toEqual([400, 'MissingApiVersionParameter']);
  for (const [method, path] of [
    ['GET', '/subscriptions/1/resourcegroups'],
    ['PUT', '/subscriptions/1/resourcegroups/2'],
    ['POST', '/providers/Microsoft.ResourceGraph/resources'],
  ] as const)
    expect(await codeOf(method, `${path}?api-version=1`)).toEqual([501, 'NotImplemented']);
  const bare = await ask(`${emulator.baseUrl}/subscriptions/1/resourcegroups?api-version=1`);
  expect([bare.status, bare.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Bearer')]);
});

test.each([
  ['GET', '/users/$count?$top=1'],
  ['GET', '/users/$count?$orderby=displayName'],
  ['GET', '/groups/$count?$select=id'],
  ['GET', `/users/${ADELE}/photo/$value?$select=id`],
  ['GET', `/users/${ADELE}/photo?$select=id`],
  ['GET', '/users?$count=banana'],
  ['GET', '/users?$format=atom'],
  ['POST', '/users?$select=id'],
  ['PATCH', '/me?$select=id'],
  ['DELETE', `/users/${ADELE}?$select=id`],
])('%s %s: what would be ignored is refused', async (method, path) => {
  const headers = { authorization: `Bearer ${nia}`, consistencylevel: 'eventual' };
  const seen = await ask(`${emulator.baseUrl}/v1.0${path}`, { method, headers });
  expect([seen.status, json(seen).error]).toEqual([
    400,
    expect.objectContaining({ message: expect.stringContaining('The emulator does not have') }),
  ]);
});

test('an address with its origin in front, as a proxy is asked, is answered as without', async () => {
  const { host } = new URL(emulator.baseUrl);
  const path = `http://${host}/v1.0/me?$select=id`;
  const seen = await ask(emulator.baseUrl, { path, headers: { authorization: `Bearer ${nia}` } });
  expect([seen.status, json(seen)['@odata.context']]).toEqual([
    200,
    `${emulator.baseUrl}/v1.0/$metadata#users(id)/$entity`,
  ]);
});

test('an app as itself reads and writes with its roles; /me is not its', async () => {
  expect((await get('/users?$top=1', app)).status).toBe(200);
  expect(
    (
      await send(
        'POST',
        '/groups',
        { displayName: 'x', mailEnabled: false, mailNickname: 'x', securityEnabled: true },
        app,
      )
    ).status,
  ).toBe(201);
  expect((await get('/me/memberOf', app)).status).toBe(400);
  expect(redirected(await signIn(emulator)).get('code')).toBeTruthy();
});
