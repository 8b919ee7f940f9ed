import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LmdbRecords, openLmdbRecords } from '../../src/sessions/lmdb-records.ts';
import type { SessionRecords } from '../../src/sessions/records.ts';
import { fault } from '../support/stage.ts';
import { PATIENT_MS } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { callbackOf, knownBrowser, signedIn } from '../threats/support/outcome.ts';

const KIBIBYTE = 1_024;
/** What Microsoft's tokens have, of which nothing can be compressed. */
const ACCESS_TOKEN_CHARACTERS = 1_500;
const REFRESH_TOKEN_CHARACTERS = 1_200;
const SESSIONS = 100;

let folder: string;
let records: LmdbRecords;
let world: World;
/** The newest sealed texts of each record. */
let written: Map<string, { session: string; tokens: string }>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'record-size-'));
  records = await openLmdbRecords({ folder, onWarning: () => undefined, operationTimeoutMs: PATIENT_MS });
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

/** The next token answers, with tokens of real sizes. */
function realTokens(set: Record<string, unknown> = {}, times = 1): void {
  const accessToken = randomBytes(ACCESS_TOKEN_CHARACTERS).toString('base64url');
  fault(world, {
    at: 'token',
    times,
    fault: {
      kind: 'answer',
      set: {
        access_token: accessToken.slice(0, ACCESS_TOKEN_CHARACTERS),
        refresh_token: randomBytes(REFRESH_TOKEN_CHARACTERS)
          .toString('base64url')
          .slice(0, REFRESH_TOKEN_CHARACTERS),
        ...set,
      },
    },
  });
}

test('a record is at most 8 KiB and takes at most 12 KiB on disk, at real token sizes', async () => {
  world = await openWorld({ records: noted() });
  const before = (await records.stats()).usedBytes;
  for (let count = 0; count < SESSIONS; count += 1) {
    realTokens();
    await signedIn(world);
  }
  const { sessions, usedBytes } = await records.stats();
  expect([sessions, written.size]).toEqual([SESSIONS, SESSIONS]);
  expect(largest()).toBeGreaterThan(ACCESS_TOKEN_CHARACTERS + REFRESH_TOKEN_CHARACTERS);
  expect(largest()).toBeLessThanOrEqual(8 * KIBIBYTE);
  expect((usedBytes - before) / SESSIONS).toBeLessThanOrEqual(12 * KIBIBYTE);
});

test('a record is at most 16 KiB, whatever the number of permissions asked for and ever granted', async () => {
  const scopes = Array.from({ length: 150 }, (_item, index) => `Some.Permission${index}.ReadWrite.All`);
  world = await openWorld({ records: noted(), config: { scopes } });
  const browser = await knownBrowser(world);
  realTokens({ scope: scopes.join(' '), expires_in: 60 });
  await browser.visit(await callbackOf(browser, world), { redirects: 0 });
  for (let round = 0; round < 30; round += 1) {
    const granted = [...scopes, `Another.Permission${round}.Read`].join(' ');
    realTokens({ scope: granted, expires_in: 60, access_token: undefined });
    await browser.visit(`${world.url}/graphcall?top=1`, { redirects: 0 });
  }
  const renewals = await world.received('/token');
  expect(renewals.length).toBeGreaterThan(20);
  expect(written.size).toBe(1);
  expect(largest()).toBeLessThanOrEqual(16 * KIBIBYTE);
  expect(largest()).toBeGreaterThan(2 * KIBIBYTE);
});
