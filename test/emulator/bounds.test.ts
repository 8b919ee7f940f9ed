import { describe, expect, test } from '@jest/globals';
import { readRequest } from '../../src/emulator/http/request.ts';
import { createExpiringMap } from '../../src/emulator/state/expiring-map.ts';
import { createLedger } from '../../src/emulator/state/ledger.ts';
import { CLIENT_ID, stage, tokensOf } from './stage.ts';
import { visitor } from './visitor.ts';

describe('what the emulator remembers is bounded', () => {
  test('an entry is gone after its time, and its place with it', () => {
    let nowMs = 0;
    const map = createExpiringMap<number>({ lifetimeMs: 100, maxEntries: 10, now: () => nowMs });
    map.set('early', 1);
    nowMs = 50;
    map.set('late', 2);
    nowMs = 100;
    expect([map.get('early'), map.get('late'), map.size]).toEqual([undefined, 2, 1]);
    nowMs = 150;
    expect([map.get('late'), map.size]).toEqual([undefined, 0]);
  });

  test('of too many entries the oldest go first; one that is set again is new', () => {
    const map = createExpiringMap<number>({ lifetimeMs: 100, maxEntries: 3, now: () => 0 });
    for (const key of ['a', 'b', 'c', 'a', 'd']) map.set(key, 1);
    expect(['a', 'b', 'c', 'd'].filter((key) => map.get(key) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  test('the ledger keeps the latest 5,000 requests', () => {
    const ledger = createLedger(() => 0);
    const asked = { method: 'GET', scheme: 'http', host: 'localhost', headers: {}, tenant: '', id: '' };
    for (let count = 0; count < 12_000; count++)
      ledger.record(readRequest({ ...asked, url: `/?n=${count}`, bodyText: '' }), '127.0.0.1')(200);
    const kept = ledger.entries().map((one) => Number(one.query.n));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([5_000, 7_000, 11_999]);
  });

  test('a refresh token is sealed, not remembered: a reset makes it worthless', async () => {
    const own = await stage();
    try {
      const { refresh_token: token } = await tokensOf(own);
      own.reset();
      const fields = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
      const seen = await visitor().post(`${own.baseUrl}/common/oauth2/v2.0/token`, fields);
      expect([seen.status, JSON.parse(seen.text).error_codes]).toEqual([400, [9002313]]);
    } finally {
      await own.close();
    }
  });
});
