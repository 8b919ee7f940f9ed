import { describe, expect, test } from '@jest/globals';
import { readPages } from '../../src/graph/pages.ts';
import type { GraphCall } from '../../src/graph/request.ts';

const ENDPOINT = 'https://graph.microsoft.com';
const PATH = '/v1.0/users?$top=2';

/** Reads a list whose pages are these bodies. */
async function read(bodies: Record<string, unknown>[]) {
  const asked: string[] = [];
  const call: GraphCall = async (_token, { path }) => {
    asked.push(path);
    return { status: 200, headers: {}, body: bodies[asked.length - 1] ?? {} };
  };
  const rows: unknown[] = [];
  const request = { path: PATH, correlationId: 'x' };
  const reading = async () => {
    for await (const page of readPages(call, ENDPOINT, async () => 'token', request)) rows.push(...page.rows);
    return 'whole';
  };
  const outcome = await reading().catch((error: Error) => error.message);
  return { asked, rows, outcome };
}

describe('readPages', () => {
  test('follows the links of Graph as they are, on its own origin and path', async () => {
    const link = `${ENDPOINT}/v1.0/users?$top=2&$skiptoken=a+b%2B%20c`;
    expect(await read([{ value: [{ id: 1 }], '@odata.nextLink': link }, { value: [{ id: 2 }] }])).toEqual({
      asked: [PATH, '/v1.0/users?$top=2&$skiptoken=a+b%2B%20c'],
      rows: [{ id: 1 }, { id: 2 }],
      outcome: 'whole',
    });
  });

  test.each([
    ['http://graph.microsoft.com/v1.0/users?x'],
    ['https://graph.microsoft.com:8443/v1.0/users?x'],
    ['https://graph.microsoft.com.evil.example/v1.0/users?x'],
    ['https://graph@evil.example/v1.0/users?x'],
    ['https://graph.microsoft.com@evil.example/v1.0/users?x'],
    ['https://user@graph.microsoft.com/v1.0/users?x'],
    ['//evil.example/v1.0/users'],
    ['/v1.0/users?x'],
    ['https://graph.microsoft.com/v1.0/users/../me'],
    ['https://graph.microsoft.com/v1.0/users/1/mail'],
    ['https://graph.microsoft.com/beta/users'],
    [''],
    [7],
    [{}],
    [['https://graph.microsoft.com/v1.0/users?x']],
    [`https://graph.microsoft.com/v1.0/users?x=${'a'.repeat(50_000)}`],
  ])('does not follow %p, and says that the list is not whole', async (link) => {
    expect(await read([{ value: [{ id: 1 }], '@odata.nextLink': link }])).toEqual({
      asked: [PATH],
      rows: [{ id: 1 }],
      outcome: 'The link to the next page leads elsewhere.',
    });
  });

  test('a circle of pages ends', async () => {
    const page = (id: number, to: string) => ({
      value: [{ id }],
      '@odata.nextLink': `${ENDPOINT}/v1.0/users?p=${to}`,
    });
    const { asked, outcome } = await read([page(1, 'a'), page(2, 'b'), page(3, 'a')]);
    expect([asked.length, outcome]).toEqual([3, 'The list of Microsoft Graph never ends.']);
  });

  test('an empty page with a link is a page like any other', async () => {
    const link = (to: string) => `${ENDPOINT}/v1.0/users?p=${to}`;
    const pages = [
      { value: [], '@odata.nextLink': link('1') },
      { value: [], '@odata.nextLink': link('2') },
      { value: [{ id: 1 }] },
    ];
    expect(await read(pages)).toMatchObject({ rows: [{ id: 1 }], outcome: 'whole' });
  });
});
