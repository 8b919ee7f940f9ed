import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  graph,
  postToken,
  REDIRECT_URI,
  signIn,
  tokensOf,
} from '../stage.ts';
import { ask, formAction, json, redirected, type Seen, visitor } from '../visitor.ts';
import { NIA, SAM } from './strict.ts';

// K2 of the wire reference: roles, groups, assignment. K5: what Graph says of the same.

const APP = '7a0c7d3e-2b1a-4c9d-8e7f-000000000001';
const API = '7a0c7d3e-2b1a-4c9d-8e7f-000000000002';
const ALL = '7a0c7d3e-2b1a-4c9d-8e7f-000000000003';
const OWN_GROUPS = '7a0c7d3e-2b1a-4c9d-8e7f-000000000004';
const READERS = '7a0c7d3e-2b1a-4c9d-8e7f-0000000000a1';
const OUTER = '7a0c7d3e-2b1a-4c9d-8e7f-0000000000a2';
const NEWS = '7a0c7d3e-2b1a-4c9d-8e7f-0000000000a3';
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const EVERYBODY = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

const many = Array.from({ length: 201 }, (_, index) => `Group ${index}`);
const client = { redirectUris: [REDIRECT_URI], secrets: [{ value: 'right' }], implicitIdTokens: true };
const seed = readSeed({
  accounts: [
    { username: 'ada@contoso.example', roles: ['Admin', 'Unknown'], groups: ['Readers'] },
    { username: 'busy@contoso.example', groups: many },
    { username: 'bob@contoso.example', groups: ['Assigned'] },
  ],
  groups: [
    { id: READERS, displayName: 'Readers' },
    { id: OUTER, displayName: 'Outer', members: ['Readers'] },
    { id: NEWS, displayName: 'News', kind: 'microsoft 365', members: ['ada@contoso.example'] },
  ],
  registrations: [
    {
      clientId: APP,
      ...client,
      appRoles: ['Admin', 'Writer', 'Reader'],
      groupMembershipClaims: 'SecurityGroup',
      assignmentRequired: true,
      assignments: [
        { to: 'Readers', role: 'Reader' },
        { to: 'busy@contoso.example' },
        { to: 'Assigned', role: 'Writer' },
        { to: NIA },
      ],
      delegatedPermissions: ['User.Read', `api://${API}/access`],
    },
    {
      clientId: API,
      scopes: ['access'],
      appRoles: ['Admin'],
      groupMembershipClaims: 'All',
      tokenVersion: 2,
    },
    { clientId: ALL, ...client, groupMembershipClaims: 'DirectoryRole' },
    {
      clientId: OWN_GROUPS,
      ...client,
      groupMembershipClaims: 'ApplicationGroup',
      assignments: [{ to: 'Readers' }, { to: 'Outer' }],
    },
  ],
});

let emulator: Emulator;
let strict: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
  strict = await openEmulator({ seed });
});
beforeEach(() => {
  emulator.reset();
  strict.reset();
});
afterAll(() => Promise.all([emulator.close(), strict.close()]));

async function claimsIn(username: string, clientId = APP, scope = 'openid profile User.Read') {
  const back = redirected(await signIn(strict, username, { client_id: clientId, scope }));
  const fields = { ...codeFields(back.get('code') ?? ''), client_id: clientId, client_secret: 'right' };
  const tokens = json(await postToken(strict, fields));
  return { id: claimsOf(tokens.id_token), access: claimsOf(tokens.access_token), token: tokens.access_token };
}

describe('K2. roles', () => {
  test('of the account and of its groups’ assignments, those that the app knows [ED howto-add-app-roles-in-apps.md]', async () => {
    const { id, access } = await claimsIn('ada@contoso.example');
    expect(id.roles).toEqual(['Admin', 'Reader']);
    expect(access).not.toHaveProperty('roles');
  });

  test('in a token for an API: those of the API [ED access-token-claims-reference.md]', async () => {
    const scope = `openid api://${API}/access`;
    const { id, access } = await claimsIn('ada@contoso.example', APP, scope);
    expect([access.aud, access.roles, id.roles]).toEqual([API, ['Admin'], ['Admin', 'Reader']]);
  });

  test('nobody’s: no claim at all', async () => {
    expect((await claimsIn(NIA)).id).not.toHaveProperty('roles');
  });

  test('of a seed in the shortest form, without registrations, in every token', async () => {
    const own = await openEmulator({
      seed: { accounts: [{ username: 'ada@contoso.example', roles: ['Admin'] }] },
    });
    try {
      const tokens = await tokensOf(own, 'ada@contoso.example', { scope: 'openid api://my-api/access' });
      expect(claimsOf(tokens.id_token).roles).toEqual(['Admin']);
      expect(claimsOf(tokens.access_token)).toMatchObject({ roles: ['Admin'], tid: CONTOSO, name: 'Ada' });
    } finally {
      await own.close();
    }
  });

  test('chosen on the picker, for this sign-in and the silent ones after it', async () => {
    const who = visitor();
    const url = authorizeUrl(strict, { client_id: APP, scope: 'openid User.Read' });
    const picker = await who.get(url);
    expect(picker.text).toContain('name="role-Writer"');
    const action = formAction(picker, strict.baseUrl);
    const consent = await who.post(action, {
      account: 'ada@contoso.example',
      'role-Writer': 'yes',
      roles: 'Reader Nonsense',
    });
    const [, kept = ''] = /name="roles" value="([^"]*)"/.exec(consent.text) ?? [];
    const fields = { account: 'ada@contoso.example', decision: 'accept', roles: kept };
    const rolesOf = async (back: Seen) => {
      const redeem = {
        ...codeFields(redirected(back).get('code') ?? ''),
        client_id: APP,
        client_secret: 'right',
      };
      return claimsOf(json(await postToken(strict, redeem)).id_token).roles;
    };
    expect(await rolesOf(await who.post(formAction(consent, strict.baseUrl), fields))).toEqual([
      'Writer',
      'Reader',
    ]);
    expect(await rolesOf(await who.get(url))).toEqual(['Writer', 'Reader']);
  });
});

describe('K2. groups', () => {
  test('SecurityGroup [ED]: security groups, nested ones included', async () => {
    const { id } = await claimsIn('ada@contoso.example');
    expect([...(id.groups as string[])].sort()).toEqual([READERS, OUTER].sort());
  });

  test('All, in the access token of an API that asks for it [ED]: Microsoft 365 groups too, and wids', async () => {
    const { access } = await claimsIn('ada@contoso.example', APP, `openid api://${API}/access`);
    expect([...(access.groups as string[])].sort()).toEqual([READERS, OUTER, NEWS].sort());
    expect(access.wids).toEqual([EVERYBODY]);
  });

  test('ApplicationGroup [ED]: those assigned to the app that the person is in directly', async () => {
    expect((await claimsIn('ada@contoso.example', OWN_GROUPS)).id.groups).toEqual([READERS]);
  });

  test('DirectoryRole [ED]: wids alone; without groupMembershipClaims nothing', async () => {
    const { id } = await claimsIn(NIA, ALL);
    expect(id.wids).toEqual([GLOBAL_ADMINISTRATOR, EVERYBODY]);
    expect(id).not.toHaveProperty('groups');
    const bare = claimsOf((await tokensOf(emulator)).id_token);
    for (const absent of ['groups', 'wids', 'roles', '_claim_names']) expect(bare).not.toHaveProperty(absent);
  });

  test('more than 200 [ED]: where to ask instead, which answers what Graph answers', async () => {
    const { id, token } = await claimsIn('busy@contoso.example');
    expect(id).not.toHaveProperty('groups');
    expect(id._claim_names).toEqual({ groups: 'src1' });
    const { src1 } = id._claim_sources as { src1: { endpoint: string } };
    const form = {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    };
    const body = JSON.stringify({ securityEnabledOnly: true });
    const linked = json(await ask(src1.endpoint, form, body));
    const asked = json(await ask(`${strict.baseUrl}/v1.0/me/getMemberObjects`, form, body));
    expect(linked.value).toHaveLength(201);
    expect([...(asked.value as string[])].sort()).toEqual([...(linked.value as string[])].sort());
  });

  test('from the authorization endpoint [ED]: of more than five only that there are some', async () => {
    const front = {
      response_type: 'id_token',
      response_mode: 'fragment',
      client_id: APP,
      scope: 'openid profile',
    };
    const of = async (username: string) =>
      claimsOf(redirected(await signIn(strict, username, front)).get('id_token'));
    expect(await of('busy@contoso.example')).toMatchObject({ hasgroups: true });
    expect((await of('ada@contoso.example')).groups).toHaveLength(2);
  });
});

describe('K2. assignment', () => {
  test('50105 [ED]: assignment is required, and missing', async () => {
    const seen = await signIn(strict, ADELE, { client_id: APP, scope: 'openid' });
    expect(seen.text).toContain('AADSTS50105');
  });

  test('by a group that the person is in directly, with its role', async () => {
    expect((await claimsIn('bob@contoso.example')).id.roles).toEqual(['Writer']);
  });

  test('50057 [ED reference-error-codes.md]: an account that was disabled in the directory', async () => {
    const { access_token: admin, refresh_token: refresh } = await tokensOf(emulator, NIA, {
      scope: 'User.ReadWrite.All openid offline_access',
    });
    const mine = await tokensOf(emulator);
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
    const url = `${emulator.baseUrl}/v1.0/users/${ADELE}`;
    expect((await ask(url, { method: 'PATCH', headers }, '{"accountEnabled":false}')).status).toBe(204);
    expect((await signIn(emulator)).text).toContain('AADSTS50057');
    const renewed = (token: unknown) =>
      postToken(emulator, {
        grant_type: 'refresh_token',
        client_id: CLIENT_ID,
        refresh_token: String(token),
      });
    expect(json(await renewed(mine.refresh_token))).toMatchObject({ error_codes: [50057] });
    expect((await renewed(refresh)).status).toBe(200);
  });
});

describe('K5. memberships at Graph', () => {
  const post = (at: Emulator, path: string, token: unknown, body: unknown) =>
    ask(
      `${at.baseUrl}/v1.0${path}`,
      { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
      JSON.stringify(body),
    );

  test('memberOf and transitiveMemberOf [MGD user-list-memberof.md], with names where groups may be read', async () => {
    const { token } = await claimsIn('ada@contoso.example');
    const own = json(await graph(strict, '/me/memberOf', token));
    expect(own.value).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ '@odata.type': '#microsoft.graph.group', id: READERS, displayName: null }),
      ]),
    );
    expect(own.value).toHaveLength(2);
    expect(json(await graph(strict, '/me/transitiveMemberOf', token)).value).toHaveLength(3);
    const { access_token: full } = await tokensOf(emulator, NIA, { scope: 'GroupMember.Read.All openid' });
    const names = json(
      await graph(emulator, `/users/${ADELE}/transitiveMemberOf/microsoft.graph.group`, full),
    );
    const found = (names.value as { displayName: string }[]).map((one) => one.displayName);
    expect(found.sort()).toEqual(['Contoso news', 'Retail', 'Staff']);
  });

  test('getMemberGroups and getMemberObjects [MGD directoryobject-getmemberobjects.md]', async () => {
    const { token } = await claimsIn('ada@contoso.example');
    const all = json(await post(strict, '/me/getMemberGroups', token, { securityEnabledOnly: false }));
    expect(all['@odata.context']).toMatch(/\$metadata#Collection\(Edm\.String\)$/);
    expect(all.value).toHaveLength(3);
    const secure = json(await post(strict, '/me/getMemberGroups', token, { securityEnabledOnly: true }));
    expect([...(secure.value as string[])].sort()).toEqual([READERS, OUTER].sort());
    expect((await post(strict, '/me/getMemberObjects', token, {})).status).toBe(400);
    const checked = await post(strict, '/me/checkMemberGroups', token, { groupIds: [READERS, NEWS, APP] });
    expect(json(checked).value).toEqual([READERS, NEWS]);
    const nia = (await claimsIn(NIA, ALL)).token;
    const roles = json(await post(strict, '/me/getMemberObjects', nia, { securityEnabledOnly: false }));
    const groups = json(await post(strict, '/me/getMemberGroups', nia, { securityEnabledOnly: false }));
    expect((roles.value as string[]).length).toBe((groups.value as string[]).length + 1);
  });

  test('/groups [MGD group-list.md] with queries; a personal account and a missing permission are refused', async () => {
    const { access_token: token } = await tokensOf(emulator, NIA, { scope: 'Group.Read.All openid' });
    const list = json(await graph(emulator, '/groups?$select=displayName,id', token));
    expect(list['@odata.context']).toMatch(/#groups\(displayName,id\)$/);
    expect((list.value as object[]).length).toBe(4);
    const unified = await graph(emulator, "/groups?$filter=groupTypes/any(c:c+eq+'Unified')", token);
    expect(json(unified).value).toEqual([
      expect.objectContaining({ displayName: 'Contoso news', groupTypes: ['Unified'] }),
    ]);
    const eventual = { consistencylevel: 'eventual' };
    const search = await graph(emulator, '/groups?$search="displayName:sta"&$count=true', token, eventual);
    expect(json(search)).toMatchObject({ '@odata.count': 1, value: [{ displayName: 'Staff' }] });
    expect((await graph(emulator, '/groups/$count', token, eventual)).text).toBe('4');
    const [{ id = '' } = {}] = json(search).value as { id?: string }[];
    const inside = json(await graph(emulator, `/groups/${id}/members`, token)).value as {
      displayName: string;
    }[];
    expect(inside.map((one) => one.displayName).sort()).toEqual(['IT', 'Retail']);
    const people = await graph(
      emulator,
      `/groups/${id}/transitiveMembers/microsoft.graph.user?$select=displayName`,
      token,
    );
    expect(json(people).value).toEqual([
      { '@odata.type': '#microsoft.graph.user', displayName: 'Adele Vance' },
      { '@odata.type': '#microsoft.graph.user', displayName: 'Nia Okafor' },
    ]);
    const { access_token: little } = await tokensOf(emulator);
    expect((await graph(emulator, '/groups', little)).status).toBe(403);
    const { access_token: sam } = await tokensOf(emulator, SAM);
    expect((await graph(emulator, '/groups', sam)).status).toBe(400);
  });
});
