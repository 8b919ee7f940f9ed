import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createFormat, FORMATS, type FormatName } from '../../src/daemon/formats/formats.ts';
import type { Row } from '../../src/graph/lists/pages.ts';
import { openTenant, type Tenant } from './tenant.ts';

const ROWS = [
  {
    businessPhones: ['+1 555 0100', '+1 555 0101'],
    displayName: '李 伟',
    mail: 'wei@contoso.example',
    id: '1',
  },
  { businessPhones: [], displayName: '=HYPERLINK("https://evil.example")', mail: null, id: '2' },
  { businessPhones: [], displayName: 'Zoë, "Zo"\nSchmidt', mail: '@zoe', id: '3' },
  { businessPhones: ['-1'], displayName: '\u001b[31mred\u202e', mail: '', id: '4' },
];

const CSV = `businessPhones,displayName,mail,id
"'+1 555 0100; '+1 555 0101","李 伟","wei@contoso.example","1"
,"'=HYPERLINK(""https://evil.example"")",,"2"
,"Zoë, ""Zo""
Schmidt","'@zoe","3"
"'-1","\u001b[31mred\u202e",,"4"
`;

const TABLE = `businessPhones            displayName                         mail                 id
------------------------  ----------------------------------  -------------------  ----
+1 555 0100; +1 555 0101  李 伟                               wei@contoso.example  1
                          =HYPERLINK("https://evil.example")                       2
                          Zoë, "Zo"\ufffdSchmidt                   @zoe                 3
-1                        \ufffd[31mred\ufffd                                                4
`;

const WHOLE: Record<FormatName, string> = {
  json: `${JSON.stringify(ROWS, null, 2)}\n`,
  ndjson: ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''),
  csv: CSV,
  table: TABLE,
};

describe('the formats, each whole', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant();
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  test.each(FORMATS)('%s', async (format) => {
    tenant.rows(ROWS);
    const columns = ['--select', 'businessPhones,displayName,mail,id'];
    const { status, stdout } = await tenant.run(
      [tenant.parameters(), '--format', format, ...(format === 'table' ? columns : [])],
      { COLUMNS: '100' },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: WHOLE[format] });
  });

  test('a file holds the same as standard output, and nothing is left beside it', async () => {
    tenant.rows(ROWS);
    const { status, stdout } = await tenant.run([tenant.parameters(), '--output', 'out/users.json']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    writeFileSync(join(tenant.folder, 'users.json'), 'of yesterday', { mode: 0o640 });
    expect((await tenant.run([tenant.parameters(), '--output', 'users.json'])).status).toBe(0);
    expect(readFileSync(join(tenant.folder, 'users.json'), 'utf8')).toBe(WHOLE.json);
    expect(readdirSync(tenant.folder).filter((name) => name.startsWith('users'))).toEqual(['users.json']);
  });
});

describe('page by page', () => {
  const inPages = (name: FormatName, pages: (readonly Row[])[]) => {
    const format = createFormat(name, { width: 100 });
    return pages.map((page) => format.page(page)).join('') + format.end();
  };

  test.each(FORMATS)('%s is the same text as in one piece', (name) => {
    const ends = (row: Row) => ({ id: row.id });
    const rows = ROWS.map(ends);
    expect(inPages(name, [rows.slice(0, 1), [], rows.slice(1)])).toBe(inPages(name, [rows]));
  });

  test.each(FORMATS)('%s goes on where another came to', (name) => {
    const first = createFormat(name, { width: 100 });
    const text = first.page(ROWS.slice(0, 2));
    const second = createFormat(name, { width: 100 }, first.state());
    const whole = text + second.page(ROWS.slice(2)) + second.end();
    if (name !== 'table') expect(whole).toBe(WHOLE[name]);
  });

  test('an empty directory is valid in each format', () => {
    expect(FORMATS.map((name) => inPages(name, [[]]))).toEqual([
      '[]\n',
      '',
      'businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName,id\n',
      'No users.\n',
    ]);
  });

  test('a table fits the terminal', () => {
    const format = createFormat('table', { width: 40 });
    const row = { displayName: '東京 '.repeat(20), userPrincipalName: 'x'.repeat(60), jobTitle: 'Driver' };
    expect(format.page([row])).toBe(
      [
        'displayName     userPrincipal…  jobTitle',
        '--------------  --------------  --------',
        '東京 東京 東…   xxxxxxxxxxxxx…  Driver',
        '',
      ].join('\n'),
    );
  });
});
