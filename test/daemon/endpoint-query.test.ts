import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant({ users: 20 });
});
beforeEach(() => tenant.emulator.reset());
afterAll(() => tenant.close());

const asked = () => tenant.asked(/\/v1\.0\/users$/);
const run = (query: string, ...flags: string[]) =>
  tenant.run([
    tenant.parameters({ endpoint: `${tenant.emulator.baseUrl}/v1.0/users?${query}` }),
    '--format',
    'ndjson',
    ...flags,
  ]);
const rowsOf = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, string>);

describe('an endpoint with a query', () => {
  test.each([
    ["$filter=endsWith(mail,'@contoso.example')", ({ mail = '' }) => mail.endsWith('@contoso.example')],
    ["%24filter=not(startsWith(displayName,'A'))", ({ displayName = '' }) => !displayName.startsWith('A')],
    ["$filter=displayName ne 'x'", () => true],
    ['$search="displayName:adele"', ({ displayName = '' }) => displayName.startsWith('Adele')],
    ["$filter=startsWith(displayName,'A')&$orderby=displayName", () => true],
  ])('%s is answered, on every page', async (query, isWanted) => {
    const { status, stdout, stderr } = await run(`${query}&%24top=2`, '--all');
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const rows = rowsOf(stdout);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !isWanted(row))).toEqual([]);
    expect(new Set(asked().map(({ headers }) => headers.consistencylevel))).toEqual(new Set(['eventual']));
    expect(new Set(asked().map(({ query: sent }) => sent.$top))).toEqual(new Set(['2']));
  });

  test('and flags: a flag takes the place of the same option, and the rest stays', async () => {
    const flags = ['--top', '3', '--select', 'id,displayName', '--filter', "startsWith(displayName,'A')"];
    const { status, stdout } = await run(
      "$select=mail&%24top=9&top=9&$filter=mail ne 'x'&$count=true",
      ...flags,
    );
    expect(status).toBe(0);
    expect(asked()).toMatchObject([
      {
        query: {
          $top: '3',
          $select: 'id,displayName',
          $filter: "startsWith(displayName,'A')",
          $count: 'true',
        },
      },
    ]);
    expect(Object.keys(asked()[0]?.query ?? {}).sort()).toEqual(['$count', '$filter', '$select', '$top']);
    expect(Object.keys(rowsOf(stdout)[0] ?? {}).sort()).toEqual(['displayName', 'id']);
  });

  test('$select twice selects both, and names the columns, in whatever case', async () => {
    const { status, stdout } = await run(
      '$select=MAIL&$select=id,displayname',
      '--format',
      'csv',
      '--top',
      '1',
    );
    expect(status).toBe(0);
    expect(asked()[0]?.query.$select).toBe('MAIL,id,displayname');
    const [header, row] = stdout.split('\n');
    expect(header).toBe('MAIL,id,displayname');
    expect(row?.split(',').map((cell) => cell.replaceAll('"', '') !== '')).toEqual([true, true, true]);
  });

  test('two values for one option are refused before anything is asked', async () => {
    const { status, stderr } = await run('$top=5&%24top=6');
    expect(status).toBe(2);
    expect(stderr).toContain('parameters.json: endpoint must hold $top once\n');
    expect(asked()).toEqual([]);
  });

  test('a plain one is sent as it is', async () => {
    expect((await run('$select=id&$top=3')).status).toBe(0);
    expect(asked()[0]?.query).toEqual({ $select: 'id', $top: '3' });
    expect(asked()[0]?.headers).not.toHaveProperty('consistencylevel');
  });
});
