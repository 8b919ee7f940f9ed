import { describe, expect, test } from '@jest/globals';
import type { GraphCall } from '../../src/graph/client/types.ts';
import { listUsers } from '../../src/graph/users/users.ts';

const ENDPOINT = 'https://graph.microsoft.com';
const next = (cursor: string) => `${ENDPOINT}/v1.0/users?$top=50&$skiptoken=${cursor}`;
const ADELE = { id: '11111111-2222-4333-8444-555555555555', displayName: 'Adele' };

/** Lists users where Graph gives these pages one after the other. */
async function list(pages: Record<string, unknown>[]) {
  const asked: string[] = [];
  const call: GraphCall = async (_token, { path }) => {
    asked.push(new URL(path, ENDPOINT).searchParams.get('$skiptoken') ?? 'first');
    return { status: 200, headers: {}, body: pages[asked.length - 1] ?? { value: [] } };
  };
  const answer = await listUsers(call, ENDPOINT, async () => 'token', { top: 50, correlationId: 'x' });
  return { asked, names: answer.people.map(({ displayName }) => displayName), answer };
}

describe('a page of people', () => {
  test('is looked for behind pages without anybody', async () => {
    const { asked, names, answer } = await list([
      { value: [], '@odata.count': 1, '@odata.nextLink': next('two') },
      { value: [], '@odata.nextLink': next('three') },
      { value: [ADELE] },
    ]);
    expect({ asked, names, total: answer.total, cursor: answer.cursor }).toEqual({
      asked: ['first', 'two', 'three'],
      names: ['Adele'],
      total: 1,
      cursor: undefined,
    });
  });

  test('is not looked for without end: where the next one begins is said', async () => {
    const empty = Array.from({ length: 50 }, (_value, page) => ({
      value: [],
      '@odata.nextLink': next(`page${page}`),
    }));
    const { asked, answer } = await list(empty);
    expect({ asked: asked.length, people: answer.people, cursor: answer.cursor }).toEqual({
      asked: 6,
      people: [],
      cursor: 'page5',
    });
  });

  test('without anybody and without a next one is asked for once', async () => {
    expect((await list([{ value: [] }])).asked).toEqual(['first']);
  });
});
