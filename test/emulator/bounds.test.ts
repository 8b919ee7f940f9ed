import { describe, expect, test } from '@jest/globals';
import { readRequest } from '../../src/emulator/http/request.ts';
import { ACCOUNTS } from '../../src/emulator/registry/accounts.ts';
import { createConsents } from '../../src/emulator/state/consents.ts';
import { createExpiringMap } from '../../src/emulator/state/expiring-map.ts';
import { createLedger } from '../../src/emulator/state/ledger.ts';
import { openEmulator } from '../support/emulator.ts';
import { ADELE, authorizeUrl, CLIENT_ID, graph, tokensOf } from './stage.ts';
import { ask, visitor } from './visitor.ts';

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
    const asked = { method: 'GET', origin: 'http://localhost', headers: {}, tenant: '', id: '' };
    for (let count = 0; count < 12_000; count++)
      ledger.record(readRequest({ ...asked, url: `/?n=${count}`, bodyText: '' }), '127.0.0.1')(200);
    const kept = ledger.entries().map((one) => Number(one.query.n));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([5_000, 7_000, 11_999]);
  });

  test.each([
    ['long values', () => new URLSearchParams({ code: 'x'.repeat(900_000) }).toString()],
    ['many fields', () => Array.from({ length: 5_000 }, (_, index) => `f${index}=`).join('&')],
    ['short texts of many fields', () => Array.from({ length: 1_000 }, (_, index) => `${index}`).join('&')],
  ])('the ledger keeps 32 Mi characters of requests with %s', (_what, bodyOf) => {
    const ledger = createLedger(() => 0);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = { method: 'POST', origin: 'http://localhost', url: '/', tenant: '', id: '' };
    const http = readRequest({ ...asked, headers, bodyText: bodyOf() });
    for (let count = 0; count < 1_000; count++) ledger.record(http, '127.0.0.1')(200);
    const kept = ledger.entries();
    const fields = kept.reduce((sum, { body }) => sum + Object.keys(body).length, 0);
    expect(JSON.stringify(kept).length + 64 * fields).toBeLessThan(37 * 1024 * 1024);
    expect(kept.length).toBeGreaterThan(200);
    ledger.clear();
    ledger.record(http, '127.0.0.1')(200);
    expect(ledger.entries()).toHaveLength(1);
  });

  test.each([
    ['names', Array.from({ length: 30_000 }, (_, index) => `f${index}`).join('&')],
    ['one name', 'a&'.repeat(80_000)],
    ['a megabyte of names', 'ab&'.repeat(340_000)],
  ])('a form of %s does not hold up the process', async (_what, form) => {
    const own = await openEmulator();
    try {
      for (let count = 0; count < 1_000; count++)
        own.addFault({ at: 'token', client: 'nobody', fault: { kind: 'reset' } });
      const before = process.cpuUsage();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await ask(`${own.baseUrl}/common/oauth2/v2.0/token`, { method: 'POST', headers }, form);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000).toBeLessThan(5_000);
    } finally {
      await own.close();
    }
  });

  test.each([
    ['more than a megabyte', 413, { 'content-length': 2 ** 21 }, 'a'.repeat(2 ** 21)],
    ['more than a megabyte in chunks', 413, { 'transfer-encoding': 'chunked' }, 'a'.repeat(2 ** 21)],
    ['gzip', 415, { 'content-encoding': 'gzip' }, 'a'],
  ])(
    'a body of %s is refused with %d, and the next request is served',
    async (_what, status, headers, body) => {
      const own = await openEmulator();
      try {
        const url = `${own.baseUrl}/common/oauth2/v2.0/token`;
        expect((await ask(url, { method: 'POST', headers }, body)).status).toBe(status);
        expect((await ask(`${own.baseUrl}/%zz/oauth2/v2.0/token`, { method: 'POST' })).status).toBe(400);
        expect((await ask(`${own.baseUrl}/_emulator/health`)).text).toBe('{"status":"ok"}');
      } finally {
        await own.close();
      }
    },
  );

  test('a scope longer than any address is refused, before anybody is asked to consent', async () => {
    const own = await openEmulator();
    try {
      const scope = Array.from({ length: 2_000 }, (_, index) => `Scope.Number${index}`).join(' ');
      const asked = Object.fromEntries(new URL(authorizeUrl(own)).searchParams);
      const seen = await visitor().post(`${own.baseUrl}/common/oauth2/v2.0/authorize`, { ...asked, scope });
      expect(decodeURIComponent(seen.headers.location ?? '')).toContain('AADSTS90015');
    } finally {
      await own.close();
    }
  });

  test('consents hold the latest thousand scopes of one person at one app', () => {
    const consents = createConsents(() => 0);
    const adele = ACCOUNTS.find((one) => one.username === ADELE);
    if (adele === undefined) throw new Error('Adele is gone');
    for (let index = 0; index < 3_000; index++)
      consents.grant(adele.objectId, CLIENT_ID, [`Scope.N${index}`]);
    const granted = consents.granted(adele, CLIENT_ID);
    expect([granted.length, granted[0], granted.at(-1)]).toEqual([1_000, 'Scope.N2000', 'Scope.N2999']);
  });

  test.each([
    ['$filter', `${'('.repeat(7_000)}id eq 'x'${')'.repeat(7_000)}`],
    ['$filter', `${'not '.repeat(1_500)}id eq 'x'`],
    ['$search', `${'('.repeat(7_000)}"mail:x"${')'.repeat(7_000)}`],
  ])('a %s that is nested without end is refused', async (option, value) => {
    const own = await openEmulator();
    try {
      const { access_token: token } = await tokensOf(own);
      const query = `${option}=${value.replaceAll(' ', '%20').replaceAll('"', '%22')}&$count=true`;
      const seen = await graph(own, `/users?${query}`, token, { consistencylevel: 'eventual' });
      expect(seen.status).toBe(400);
    } finally {
      await own.close();
    }
  });

  test('a refresh token is sealed, not remembered: a reset makes it worthless', async () => {
    const own = await openEmulator();
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
