import { REDIS_URL_RULE, readRedisAddress } from '../redis-address.ts';
import { type EnvironmentReader, isPlaceholder, listOf } from './sources/index.ts';

const MIN_SECRET_CHARACTERS = 32;

/** How sessions are kept and for how long. Times are in milliseconds. */
export interface SessionSettings {
  /** Newest first. Empty only for the local emulator, which makes its own. */
  sessionSecrets: readonly string[];
  dataDir: string;
  redisUrl?: string;
  /** What the app tells Redis: the user and password of the URL, or a token of the app's identity. */
  redisAuth: 'password' | 'entra';
  /** In front of every key in Redis. */
  redisKeyPrefix: string;
  sessionIdleMs: number;
  sessionMaxMs: number;
  /** Of one person at once; the oldest ends where there are more. */
  sessionsPerPerson: number;
}

/** Reads them. */
export function readSessions(read: EnvironmentReader, usesEmulator: boolean): SessionSettings {
  const redisUrl = readRedisUrl(read);
  const idleMinutes = read.integer('SESSION_IDLE_MINUTES', 60, 1, 10_080);
  const maxHours = read.integer('SESSION_MAX_HOURS', 12, 1, 720);
  return {
    sessionSecrets: readSessionSecrets(read, usesEmulator),
    dataDir: read.text('DATA_DIR') ?? '.data',
    ...(redisUrl === undefined ? {} : { redisUrl }),
    redisAuth: readRedisAuth(read),
    redisKeyPrefix: readKeyPrefix(read),
    sessionIdleMs: idleMinutes * 60_000,
    sessionMaxMs: maxHours * 3_600_000,
    sessionsPerPerson: read.integer('SESSIONS_PER_PERSON', 100, 1, 1_000),
  };
}

function readSessionSecrets(read: EnvironmentReader, usesEmulator: boolean): string[] {
  const given = read.secret('SESSION_SECRET');
  const secrets = listOf(given);
  if (secrets.length === 0 && given !== '' && !usesEmulator) {
    read.problem(
      'SESSION_SECRET',
      `is missing: put ${MIN_SECRET_CHARACTERS} or more random characters there`,
    );
  }
  const rule = secrets.map(ruleBrokenBy).find((broken) => broken !== undefined);
  if (rule !== undefined) read.problem('SESSION_SECRET', rule);
  return secrets;
}

function ruleBrokenBy(secret: string): string | undefined {
  if (isPlaceholder(secret) || COMMAND.test(secret)) {
    return 'still holds a placeholder or sample value: make a random one';
  }
  if (secret.length < MIN_SECRET_CHARACTERS) {
    return `must be ${MIN_SECRET_CHARACTERS} characters or more, each one of a list`;
  }
  const isVaried = new Set(secret).size >= LEAST_DIFFERENT && !REPEATED.test(secret);
  return isVaried ? undefined : 'must be random: a few characters again and again are guessed';
}

/** The way to make one, as the example and other projects say it, in place of what it prints. */
const COMMAND = /randomBytes|openssl rand|node -e|random characters/i;
/** 32 random digits have more, even decimal ones, but for one case in a thousand. */
const LEAST_DIFFERENT = 8;
/** One piece of up to twelve characters and nothing else. */
const REPEATED = /^(.{1,12})\1+(.{0,11})$/;

/** No braces: what stands between them decides in a cluster which node keeps a key. */
function readKeyPrefix(read: EnvironmentReader): string {
  const given = read.text('REDIS_KEY_PREFIX') ?? 'msid:';
  if (!/^[A-Za-z0-9:._-]{1,64}$/.test(given)) {
    read.problem(
      'REDIS_KEY_PREFIX',
      'must be up to 64 letters, digits, colons, dots, underscores and hyphens',
    );
  }
  return given;
}

function readRedisUrl(read: EnvironmentReader): string | undefined {
  const given = read.secret('REDIS_URL');
  if (!given) return undefined;
  if (readRedisAddress(given) === undefined) {
    read.problem('REDIS_URL', REDIS_URL_RULE);
    return undefined;
  }
  return given;
}

function readRedisAuth(read: EnvironmentReader): SessionSettings['redisAuth'] {
  const given = (read.text('REDIS_AUTH') ?? 'password').toLowerCase();
  if (given !== 'password' && given !== 'entra') read.problem('REDIS_AUTH', 'must be password or entra');
  return given === 'entra' ? 'entra' : 'password';
}
