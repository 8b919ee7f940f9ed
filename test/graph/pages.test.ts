import { describe, expect, test } from '@jest/globals';
import { readObject } from '../../src/graph/client/response.ts';
import type { GraphCall } from '../../src/graph/client/types.ts';
import { readPages } from '../../src/graph/lists/pages.ts';

const ENDPOINT = 'https://graph.microsoft.com';
const PATH = '/v1.0/users?$top=2';

type Answer = Record<string, unknown> | string;

/** Reads a list whose pages are these bodies; `asked` tells with each page that was used what had been asked for. */
async function read(answers: Answer[], ahead: boolean) {
  const asked: string[] = [];
  const call: GraphCall = async (_token, { path }) => {
    for (let step = 0; step < 20; step += 1) await new Promise<void>((done) => process.nextTick(done));
    asked.push(path);
    const answer = answers[asked.length - 1] ?? 'Graph failed';
    return {
      status: 200,
      headers: {},
      body: readObject(Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)), 200),
    };
  };
  const rows: unknown[] = [];
  const askedWhenUsed: number[] = [];
  const pages = readPages(call, ENDPOINT, async () => 'token', { path: PATH, correlationId: 'x' }, { ahead });
  const reading = async () => {
    for await (const page of pages) {
      askedWhenUsed.push(asked.length);
      rows.push(...page.rows);
    }
    return 'whole';
  };
  const outcome = await reading().catch((error: Error) => error.message);
  return { asked, askedWhenUsed, rows, outcome };
}

const link = (to: string) => `${ENDPOINT}/v1.0/users?p=${to}`;

describe.each([false, true])('readPages, ahead: %p', (ahead) => {
  test('takes somebody who stands on two pages once, and what has no id as often as it stands there', async () => {
    const answers = [
      { value: [{ id: 'a' }, { id: 'b' }, { name: 'x' }], '@odata.nextLink': link('2') },
      { value: [{ id: 'c' }, { name: 'x' }], '@odata.nextLink': link('3') },
      { value: [{ id: 'b' }, { id: 'a' }, { id: 'd' }] },
    ];
    const { rows, outcome } = await read(answers, ahead);
    expect({ rows, outcome }).toEqual({
      rows: [{ id: 'a' }, { id: 'b' }, { name: 'x' }, { id: 'c' }, { name: 'x' }, { id: 'd' }],
      outcome: 'whole',
    });
  });

  test('follows the links of Graph as they are, on its own origin and path', async () => {
    const next = `${ENDPOINT}/v1.0/users?$top=2&$skiptoken=a+b%2B%20c`;
    const answers = [{ value: [{ id: 1 }], '@odata.nextLink': next }, { value: [{ id: 2 }] }];
    expect(await read(answers, ahead)).toMatchObject({
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
  ])('does not follow %p, and says that the list is not whole', async (elsewhere) => {
    for (const answer of [
      { value: [{ id: 1 }], '@odata.nextLink': elsewhere },
      { '@odata.nextLink': elsewhere, value: [{ id: 1 }] },
    ])
      expect(await read([answer], ahead)).toMatchObject({
        asked: [PATH],
        rows: [{ id: 1 }],
        outcome: 'The link to the next page leads elsewhere.',
      });
  });

  test('a circle of pages ends', async () => {
    const page = (id: number, to: string) => ({ '@odata.nextLink': link(to), value: [{ id }] });
    const { asked, rows, outcome } = await read([page(1, 'a'), page(2, 'b'), page(3, 'a')], ahead);
    expect([asked.length, rows.length, outcome]).toEqual([3, 3, 'The list of Microsoft Graph never ends.']);
  });

  test('an empty page with a link is a page like any other', async () => {
    const pages = [
      { value: [], '@odata.nextLink': link('1') },
      { value: [], '@odata.nextLink': link('2') },
      { value: [{ id: 1 }] },
    ];
    expect(await read(pages, ahead)).toMatchObject({ rows: [{ id: 1 }], outcome: 'whole' });
  });

  test('a failure comes after the pages before it', async () => {
    const answers = [{ '@odata.nextLink': link('1'), value: [{ id: 1 }] }, '<html>'];
    expect(await read(answers, ahead)).toMatchObject({
      rows: [{ id: 1 }],
      outcome: 'Microsoft Graph did not answer with a JSON object.',
    });
  });
});

describe('readPages', () => {
  const [first, second, third] = [{ id: 1 }, { id: 2 }, { id: 3 }];

  test('asks for a page when it is wanted, or before the one at hand is used', async () => {
    for (const linkFirst of [true, false]) {
      const page = (row: object, to: string) =>
        linkFirst
          ? { '@odata.nextLink': link(to), value: [row] }
          : { value: [row], '@odata.nextLink': link(to) };
      const answers = [page(first, '1'), page(second, '2'), { value: [third] }];
      const whole = { asked: [PATH, '/v1.0/users?p=1', '/v1.0/users?p=2'], rows: [first, second, third] };
      expect(await read(answers, false)).toMatchObject({ ...whole, askedWhenUsed: [1, 2, 3] });
      expect(await read(answers, true)).toMatchObject({ ...whole, askedWhenUsed: [2, 3, 3] });
    }
  });

  test('does not take what stands in a row for the link of the page', async () => {
    const row = { id: 1, more: { '@odata.nextLink': link('row') } };
    const stray = { value: [{ id: 'stray' }] };
    expect(await read([{ value: [row] }, stray], true)).toMatchObject({ rows: [row], outcome: 'whole' });
    const linked = { value: [row], '@odata.nextLink': link('2') };
    expect(await read([linked, { value: [second] }], true)).toMatchObject({
      asked: [PATH, '/v1.0/users?p=2'],
      rows: [row, second],
      outcome: 'whole',
    });
  });

  test('does not take what somebody is called for a link', async () => {
    const row = { id: 1, displayName: `"@odata.nextLink":"${link('name')}"` };
    expect(await read([{ value: [row] }], true)).toMatchObject({
      asked: [PATH],
      rows: [row],
      outcome: 'whole',
    });
  });

  test('leaves nobody with the failure of a page that was asked for and not wanted', async () => {
    const call: GraphCall = async (_token, { path }) => {
      if (path !== PATH) throw new Error('nobody hears of this');
      const answer = { '@odata.nextLink': link('1'), value: [first] };
      return { status: 200, headers: {}, body: answer };
    };
    const request = { path: PATH, correlationId: 'x' };
    for await (const page of readPages(call, ENDPOINT, async () => 'token', request, { ahead: true })) {
      expect(page.rows).toEqual([first]);
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
  });
});
