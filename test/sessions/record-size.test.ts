import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SessionRecords } from '../../src/sessions/store/records.ts';
import { openSqliteRecords, type SqliteRecords } from '../../src/sessions/store/sqlite/sqlite-records.ts';
import { fault } from '../support/stage.ts';
import { PATIENT_MS } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { callbackOf, knownBrowser, signedIn } from '../threats/support/outcome.ts';

const KIBIBYTE = 1_024;
/** What Microsoft's tokens have, of which nothing can be compressed. */
const ACCESS_TOKEN_CHARACTERS = 1_500;
const REFRESH_TOKEN_CHARACTERS = 1_200;
const SESSIONS = 100;
const RENEWALS = 30;

let folder: string;
let records: SqliteRecords;
let world: World;
/** The newest sealed texts of each record. */
let written: Map<string, { session: string; tokens: string }>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'record-size-'));
  records = await openSqliteRecords({ folder, onWarning: () => undefined, operationTimeoutMs: PATIENT_MS });
  written = new Map();
});
afterEach(async () => {
  await world.close();
  await records.close();
  rmSync(folder, { recursive: true });
});

/** The same records, which note what is written. */
function noted(): SessionRecords {
  return {
    ...records,
    create(id, record) {
      written.set(id, record);
      return records.create(id, record);
    },
    async replace(id, part, expected, next, expiresAtMs) {
      const before = written.get(id);
      if (before !== undefined) written.set(id, { ...before, [part]: next });
      return records.replace(id, part, expected, next, expiresAtMs);
    },
  };
}

const largest = (): number =>
  Math.max(...[...written.values()].map(({ session, tokens }) => session.length + tokens.length));

const randomText = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);

/** Changes the next token response. */
const nextTokens = (set: Record<string, unknown>): void =>
  fault(world, { at: 'token', fault: { kind: 'answer', set } });

test('a record is at most 8 KiB and takes at most 12 KiB on disk, at real token sizes', async () => {
  world = await openWorld({ records: noted() });
  const before = (await records.size()).usedBytes;
  for (let count = 0; count < SESSIONS; count += 1) {
    nextTokens({
      access_token: randomText(ACCESS_TOKEN_CHARACTERS),
      refresh_token: randomText(REFRESH_TOKEN_CHARACTERS),
    });
    await signedIn(world);
  }
  const [sessions, { usedBytes }] = [await records.count(), await records.size()];
  expect([sessions, written.size]).toEqual([SESSIONS, SESSIONS]);
  expect(largest()).toBeGreaterThan(ACCESS_TOKEN_CHARACTERS + REFRESH_TOKEN_CHARACTERS);
  expect(largest()).toBeLessThanOrEqual(8 * KIBIBYTE);
  expect((usedBytes - before) / SESSIONS).toBeLessThanOrEqual(12 * KIBIBYTE);
});

test('a record is at most 16 KiB, whatever the number of permissions asked for and ever granted', async () => {
  const scopes = Array.from({ length: 150 }, (_item, index) => `Some.Permission${index}.ReadWrite.All`);
  world = await openWorld({ records: noted(), config: { scopes } });
  // A token has to be renewed for the next page. The refresh token is the emulator's own: it takes no other.
  const grant = (...granted: string[]) =>
    nextTokens({
      access_token: randomText(ACCESS_TOKEN_CHARACTERS),
      expires_in: 60,
      scope: granted.join(' '),
    });
  const browser = await knownBrowser(world);
  grant(...scopes);
  fault(world, { at: 'users', times: 'always', fault: { kind: 'status', status: 200, body: { value: [] } } });
  await browser.visit(await callbackOf(browser, world), { redirects: 0 });
  for (let round = 0; round < RENEWALS; round += 1) {
    // MSAL keeps an access token beside those with which it has no scope in common.
    grant(...(round % 2 === 0 ? scopes : []), `Another.Permission${round}.Read`);
    const page = await browser.visit(`${world.url}/graphcall?top=1`, { redirects: 0 });
    expect(page.status).toBe(200);
  }
  const asked = await world.received('/token');
  expect(asked.map(({ status }) => status)).toEqual(Array.from({ length: 1 + RENEWALS }, () => 200));
  expect(written.size).toBe(1);
  expect(largest()).toBeLessThanOrEqual(16 * KIBIBYTE);
  expect(largest()).toBeGreaterThan(ACCESS_TOKEN_CHARACTERS + REFRESH_TOKEN_CHARACTERS);
});
