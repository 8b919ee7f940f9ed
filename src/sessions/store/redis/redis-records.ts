import type { NoteRecords, SessionRecords } from '../records.ts';
import { sharedProbe } from '../shared-probe.ts';
import { fromStoredBytes, STORED_NAME_LENGTH, storedName, toStoredBytes } from '../stored-text.ts';
import type { RedisClient } from './redis-client.ts';
import { connectRedis, type RedisConnection } from './redis-connection.ts';
import { createRedisTokens, type RedisToken } from './redis-tokens.ts';
import { describeTrouble, explanationOf, isLost } from './redis-trouble.ts';

export interface RedisRecordsOptions {
  /** As `REDIS_URL` says it: a server, the hosts of a cluster, or sentinels. */
  url: string;
  /** Gives a token in place of a user and a password; `isNew`: not the one that it gave before. */
  token?: ((wish: { isNew: boolean }) => Promise<RedisToken>) | undefined;
  /** In front of every key. */
  keyPrefix?: string;
  /** After so long an operation rejects. Default 1500. */
  operationTimeoutMs?: number;
  /** Unix time in milliseconds. */
  now?: () => number;
  /** Told in a sentence what an administrator should know; nothing in it is secret. */
  onWarning(message: string): void;
}

/** `count` looks at so many keys at most, and reckons the rest from them. */
const COUNT_ROUNDS = 10;
const COUNT_KEYS_PER_ROUND = 1_000;
/** So many keys are spread over all nodes of a cluster, but for one case in a hundred thousand with three nodes. */
const PROBES_IN_CLUSTER = 32;

/**
 * Sessions in Redis, shared by any number of machines. Every command is about one key, and every key has a time to
 * live. While Redis does not answer each operation rejects with `store_unavailable`, at the latest after its time limit.
 * @returns also where Redis is down now: connecting goes on in the background
 * @throws ConfigurationError for a URL that is none
 */
export async function connectRedisRecords({
  url,
  token,
  keyPrefix = 'msid:',
  operationTimeoutMs = 1_500,
  now = Date.now,
  onWarning,
}: RedisRecordsOptions): Promise<SessionRecords> {
  const warnOfEviction = createEvictionWarning(onWarning);
  const warnOfWriting = createWritingWarning(onWarning);
  const redis = await connectRedis({
    url,
    tokens: token === undefined ? undefined : createRedisTokens({ ask: token, onWarning }),
    timeoutMs: operationTimeoutMs,
    onWarning,
    async onConnected(client, isCluster) {
      await warnOfEviction(client);
      await probe(client, isCluster).catch((error: unknown) => {
        if (isLost(error)) throw error;
      });
    },
  });
  // braces: what a cluster hashes, so that further keys of the same session would share its node
  const sessionKey = (id: string): string => `${keyPrefix}session:{${id}}`;
  const groupKey = (name: string): string => `${keyPrefix}group:{${name}}`;
  const usedKey = (name: string): string => `${keyPrefix}claim:{${storedName(name)}}`;

  /** Whether sign-ins can be stored, which a replica, a full server, a part of a cluster or a user's rights may keep. */
  async function probe(client: RedisClient, isCluster: boolean): Promise<void> {
    const keys = Array.from(
      { length: isCluster ? PROBES_IN_CLUSTER : 1 },
      (_, n) => `${keyPrefix}probe:{${n}}`,
    );
    const outcome = Promise.all(keys.map((key) => writeAll(client, key, now())));
    await warnOfWriting(outcome);
  }

  async function join(client: RedisClient, id: string, names: readonly string[], expiresAtMs: number) {
    await Promise.all(
      names.map((name) => client.joinGroup(groupKey(name), id, `${expiresAtMs}`, `${now()}`)),
    );
  }

  /** The session is over already: a place that stays behind is cleared when it would have expired. */
  async function leave(client: RedisClient, id: string, names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => client.zRem(groupKey(name), id).catch(() => {})));
  }

  return {
    create: (id, { session, tokens, expiresAtMs, groups }) =>
      redis.send(async (client) => {
        const names = groups.map(storedName);
        // places first: a session that no group finds could not be ended with the others
        await join(client, id, names, expiresAtMs);
        const fields = { session, tokens, groups: names.join('') };
        const former = namesIn(await put(client, sessionKey(id), fields, expiresAtMs, now()));
        const left = former.filter((name) => !names.includes(name));
        await leave(client, id, left);
      }),

    read: (id, part) => redis.send((client) => readField(client, sessionKey(id), part, now())),

    replace: (id, part, expected, next, expiresAtMs) =>
      redis.send(async (client) => {
        const change = { field: part, expected, next, expiresAtMs };
        const groups = await replace(client, sessionKey(id), change, now());
        if (groups === null) return false;
        await join(client, id, namesIn(groups), expiresAtMs);
        return true;
      }),

    remove: (id) =>
      redis.send(async (client) => {
        const [groups] = await Promise.all([
          unlessWrongType(client.hGet(sessionKey(id), 'groups'), null),
          client.del(sessionKey(id)),
        ]);
        await leave(client, id, namesIn(groups));
      }),

    regroup: (id, groups) =>
      redis.send(async (client) => {
        const names = groups.map(storedName);
        const found = await client.regroup(sessionKey(id), names.join(''), `${now()}`);
        if (found === null) return;
        const [expires, former] = found;
        await join(client, id, names, Number(expires));
        const left = namesIn(former).filter((name) => !names.includes(name));
        await leave(client, id, left);
      }),

    listGroup: (group) =>
      redis.send(async (client) => {
        const members = await membersOf(client, groupKey(storedName(group)));
        return members.filter(({ score }) => score > now()).map(({ value }) => value);
      }),

    removeGroup: (group) =>
      redis.send(async (client) => {
        const key = groupKey(storedName(group));
        const members = await membersOf(client, key);
        const removed = await Promise.all(members.map(({ value }) => client.del(sessionKey(value))));
        // a member that is not there may be one that is being created: its place stays
        const ended = members.filter((_member, n) => removed[n] === 1);
        if (ended.length > 0)
          await client.zRem(
            key,
            ended.map(({ value }) => value),
          );
        return ended.filter(({ score }) => score > now()).length;
      }),

    useOnce: (name, expiresAtMs) =>
      redis.send(
        async (client) => (await client.useNameOnce(usedKey(name), `${expiresAtMs}`, `${now()}`)) === 1,
      ),

    notes: notesIn(redis, keyPrefix, now),
    count: () => redis.send((client) => countKeys(client, sessionKey('').slice(0, -1))),
    check: sharedProbe(() => redis.send(probe)),
    close: () => redis.close(),
  };
}

function notesIn(redis: RedisConnection, keyPrefix: string, now: () => number): NoteRecords {
  const noteKey = (name: string): string => `${keyPrefix}note:{${name}}`;
  return {
    write: (name, text, expiresAtMs) =>
      redis.send(async (client) => void (await put(client, noteKey(name), { text }, expiresAtMs, now()))),
    read: (name) => redis.send((client) => readField(client, noteKey(name), 'text', now())),
    replace: (name, expected, next, expiresAtMs) =>
      redis.send(async (client) => {
        const change = { field: 'text', expected, next, expiresAtMs };
        return (await replace(client, noteKey(name), change, now())) !== null;
      }),
    remove: (name) => redis.send(async (client) => void (await client.del(noteKey(name)))),
  };
}

/** Writes a hash whole. @returns the groups of what was there before */
function put(
  client: RedisClient,
  key: string,
  fields: Record<string, string>,
  expiresAtMs: number,
  nowMs: number,
): Promise<string> {
  const values = Object.entries({ ...fields, expires: `${expiresAtMs}` });
  const stored = values.flatMap(([field, text]) => [field, toStoredBytes(text)]);
  return client.putFields(key, `${expiresAtMs - nowMs}`, ...stored);
}

interface Change {
  field: string;
  expected: string;
  next: string;
  expiresAtMs: number;
}

/** @returns null where the field is not as expected, else the groups in which the expiry has to move too */
function replace(client: RedisClient, key: string, change: Change, nowMs: number): Promise<string | null> {
  const { field, expected, next, expiresAtMs } = change;
  const texts = [toStoredBytes(expected), toStoredBytes(next)];
  return client.replaceField(key, field, ...texts, `${expiresAtMs}`, `${nowMs}`);
}

async function readField(
  client: RedisClient,
  key: string,
  field: string,
  nowMs: number,
): Promise<string | undefined> {
  const [text, expires] = await unlessWrongType(client.hmGetBytes(key, [field, 'expires']), []);
  const isAlive = expires !== undefined && expires !== null && Number(expires.toString()) > nowMs;
  return text && isAlive ? fromStoredBytes(text) : undefined;
}

/** Ids of sessions, with when they expire; some may have ended. */
function membersOf(client: RedisClient, groupKey: string) {
  return unlessWrongType(client.zRangeWithScores(groupKey, 0, -1), []);
}

/** A key of another type than ours counts as absent. */
async function unlessWrongType<Result>(reply: Promise<Result>, otherwise: Result): Promise<Result> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return otherwise;
    throw error;
  }
}

function namesIn(groups: unknown): string[] {
  if (typeof groups !== 'string') return [];
  return Array.from({ length: Math.floor(groups.length / STORED_NAME_LENGTH) }, (_, n) =>
    groups.slice(n * STORED_NAME_LENGTH, (n + 1) * STORED_NAME_LENGTH),
  );
}

/** Exact up to some thousand keys; beyond, reckoned from those looked at. */
async function countKeys(client: RedisClient, start: string): Promise<number> {
  let cursor = '0';
  let seen = 0;
  let matching = 0;
  for (let round = 0; round < COUNT_ROUNDS; round += 1) {
    const found = await client.scan(cursor, { COUNT: COUNT_KEYS_PER_ROUND });
    seen += found.keys.length;
    matching += found.keys.filter((key) => key.startsWith(start)).length;
    cursor = found.cursor;
    if (cursor === '0') return matching;
  }
  return Math.round((matching / Math.max(seen, 1)) * (await client.dbSize()));
}

/** All that a sign-in writes, for a moment, and what reads it. */
async function writeAll(client: RedisClient, key: string, nowMs: number): Promise<void> {
  const expiresAtMs = nowMs + 1;
  await Promise.all([
    put(client, key, { text: '' }, expiresAtMs, nowMs),
    readField(client, key, 'text', nowMs),
    client.joinGroup(key, '', `${expiresAtMs}`, `${nowMs}`),
    membersOf(client, key),
    client.useNameOnce(key, `${expiresAtMs}`, `${nowMs}`),
  ]);
}

/** Tells once why a Redis that answers takes nothing, and once that it does again. */
function createWritingWarning(onWarning: (message: string) => void) {
  let trouble: string | undefined;
  return async (outcome: Promise<unknown>): Promise<void> => {
    try {
      await outcome;
      if (trouble !== undefined) onWarning('Redis takes sign-ins again.');
      trouble = undefined;
    } catch (error) {
      const found = isLost(error) ? trouble : describeTrouble(error);
      if (found !== undefined && found !== trouble)
        onWarning(`Redis takes no sign-ins: ${found}.${explanationOf(error, '')}`);
      trouble = found;
      throw error;
    }
  };
}

/** Sessions all have a time to live, so every policy but `noeviction` may drop them where memory is bounded. */
function createEvictionWarning(onWarning: (message: string) => void) {
  let warnedOf: string | undefined;
  return async (client: RedisClient): Promise<void> => {
    const memory = await client.info('memory').catch(() => '');
    const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
    const isBounded = !/^maxmemory:0\s/m.test(memory);
    if (policy === undefined || policy === 'noeviction' || !isBounded || policy === warnedOf) return;
    warnedOf = policy;
    onWarning(
      `Redis may drop sessions when its memory is full (maxmemory-policy ${policy}): set it to noeviction.`,
    );
  };
}
