import { describe, expect, test } from '@jest/globals';
import { ambiguousOption, listQuery } from '../../src/graph/index.ts';

/** The query that is sent, decoded, and whether it is an advanced one. */
function asked(path: string, changes: Parameters<typeof listQuery>[1] = {}) {
  const query = listQuery(path, changes);
  const url = new URL(query.path, 'https://graph.microsoft.com');
  return { query: [...url.searchParams].map((pair) => pair.join('=')), eventual: isEventual(query.headers) };
}

const isEventual = (headers: Readonly<Record<string, string>>) => headers.ConsistencyLevel === 'eventual';

describe('the query of an endpoint', () => {
  test.each<[string, string[]]>([
    ['/v1.0/users', []],
    ['/v1.0/users?', []],
    ['/v1.0/users?$select=id&$top=5', ['$select=id', '$top=5']],
    ['/v1.0/users?%24select=id&%24top=5', ['$select=id', '$top=5']],
    ['/v1.0/users?$select=id,mail&$select=mail,displayName', ['$select=id,mail,displayName']],
    ['/v1.0/users?$select=id&select=mail&%24SELECT=surname', ['$select=id,mail,surname']],
    ['/v1.0/users?$top=5&%24top=5', ['$top=5']],
    ['/v1.0/users?period=D7&period=D30', ['period=D7', 'period=D30']],
    ['/v1.0/users?$expand=manager($select=id)', ['$expand=manager($select=id)']],
  ])('%s is sent once and whole', (path, query) => {
    expect(asked(path)).toEqual({ query, eventual: false });
  });

  test.each([
    ['?$top=5&$top=6', '$top'],
    ['?$top=5&%24top=6', '$top'],
    ['?top=5&$top=6', '$top'],
    ['?$filter=a&$FILTER=b', '$filter'],
    ['?$select=a&$select=b', undefined],
    ['?$top=5&top=5', undefined],
    ['?period=D7&period=D30', undefined],
  ])('%s: what stands there twice', (query, option) => {
    expect(ambiguousOption(query)).toBe(option);
  });
});

describe('changes', () => {
  const ENDPOINT =
    '/v1.0/users?%24top=5&$select=id&$search="mail:a"&x=1&$filter=accountEnabled eq true&orderBy=displayName';

  test('take the place of what the endpoint says, however that is written', () => {
    const changes = { top: 7, select: ['mail', 'id'], search: 'b', filter: "city ne ''" };
    expect(asked(ENDPOINT, changes)).toEqual({
      query: [
        'x=1',
        'orderBy=displayName',
        '$select=mail,id',
        '$search="displayName:b" OR "mail:b" OR "userPrincipalName:b"',
        "$filter=city ne ''",
        '$top=7',
        '$count=true',
      ],
      eventual: true,
    });
  });

  test.each([
    ['%24top=5', '$top=5'],
    ['top=5', 'top=5'],
    ['$TOP=5', '$TOP=5'],
    ['', '$top=999'],
  ])('a page of %j is not made larger for the whole list', (query, sent) => {
    expect(asked(`/v1.0/users?${query}`, { topUnlessSaid: 999 }).query).toEqual([sent]);
  });

  test.each([
    ['/v1.0/users?$select=id,%20mail', undefined, ['id', 'mail']],
    ['/v1.0/users?$select=id', ['mail'], ['mail']],
    ['/v1.0/users?$select=id,a/b', undefined, undefined],
    ['/v1.0/users', undefined, undefined],
  ])('%s with %j: the columns', (path, select, columns) => {
    expect(listQuery(path, { select }).select).toEqual(columns);
  });
});

describe('an advanced query', () => {
  test.each([
    "$filter=endsWith(mail,'@contoso.example')",
    '$filter=accountEnabled ne true',
    "filter=not(startsWith(displayName,'A'))",
    '%24filter=assignedLicenses/$count eq 0',
    "$filter=startsWith(mobilePhone,'25')",
    '$search="displayName:ada"',
    'search="displayName:ada"',
    '$orderby=createdDateTime',
    "$filter=startsWith(displayName,'A')&$orderBy=displayName",
    '$count=true&$filter=companyName eq null',
  ])('of users, %s, says so', (query) => {
    const { query: sent, eventual } = asked(`/v1.0/users?${query}`);
    expect({ eventual, counts: sent.filter((one) => one === '$count=true').length }).toEqual({
      eventual: true,
      counts: 1,
    });
  });

  test.each([
    '/v1.0/groups',
    '/v1.0/groups/1/members',
    '/v1.0/groups/1/transitiveMembers/microsoft.graph.user',
    '/v1.0/users/1/memberOf',
    '/v1.0/administrativeUnits/1/members',
    '/v1.0/contacts',
    '/v1.0/directory/deletedItems/microsoft.graph.user',
    '/v1.0/servicePrincipals',
  ])('of %s', (path) => {
    expect(asked(`${path}?$filter=displayName ne 'x'`).eventual).toBe(true);
  });

  test.each([
    '/v1.0/auditLogs/signIns',
    '/v1.0/users/1/messages',
    '/v1.0/users/1/contacts',
    '/v1.0/teams/1/members',
    '/v1.0/users/delta',
    '/v1.0/sites',
  ])('is not what %s knows: its query is left alone', (path) => {
    expect(asked(`${path}?$filter=a ne 'x'&$orderby=b`)).toEqual({
      query: ["$filter=a ne 'x'", '$orderby=b'],
      eventual: false,
    });
  });

  test('is not made of one that expands, which Graph would refuse', () => {
    expect(asked('/v1.0/users?$filter=accountEnabled eq true&$expand=manager').eventual).toBe(false);
  });

  test('is what counts, wherever somebody wants it', () => {
    expect(asked('/v1.0/anything?$count=true').eventual).toBe(true);
    expect(asked('/v1.0/users?$count=false&$filter=a eq 1').query).toContain('$count=false');
  });
});
