import type { Config } from './config.ts';
import { listOf, PLACEHOLDER, type VariableReader } from './variables.ts';

const MIN_SECRET_CHARACTERS = 32;

type Sessions = Pick<
  Config,
  'sessionSecrets' | 'dataDir' | 'redisUrl' | 'redisKeyPrefix' | 'sessionIdleMs' | 'sessionMaxMs'
>;

/** How sessions are kept and for how long. */
export function readSessions(read: VariableReader, usesEmulator: boolean): Sessions {
  const redisUrl = readRedisUrl(read);
  const idleMinutes = read.integer('SESSION_IDLE_MINUTES', 60, 1, 10_080);
  const maxHours = read.integer('SESSION_MAX_HOURS', 12, 1, 720);
  return {
    sessionSecrets: readSessionSecrets(read, usesEmulator),
    dataDir: read.text('DATA_DIR') ?? '.data',
    ...(redisUrl === undefined ? {} : { redisUrl }),
    redisKeyPrefix: readKeyPrefix(read),
    sessionIdleMs: idleMinutes * 60_000,
    sessionMaxMs: maxHours * 3_600_000,
  };
}

function readSessionSecrets(read: VariableReader, usesEmulator: boolean): string[] {
  const secrets = listOf(read.text('SESSION_SECRET'));
  if (secrets.length === 0 && !usesEmulator) {
    read.problem(
      'SESSION_SECRET',
      `is missing: put ${MIN_SECRET_CHARACTERS} or more random characters there`,
    );
  }
  if (secrets.some((secret) => PLACEHOLDER.test(secret))) {
    read.problem('SESSION_SECRET', 'still holds a placeholder or sample value: make a random one');
  } else if (secrets.some((secret) => secret.length < MIN_SECRET_CHARACTERS)) {
    read.problem('SESSION_SECRET', `must be ${MIN_SECRET_CHARACTERS} characters or more, each one of a list`);
  }
  return secrets;
}

/** No braces: what stands between them decides in a cluster which node keeps a key. */
function readKeyPrefix(read: VariableReader): string {
  const given = read.text('REDIS_KEY_PREFIX') ?? 'msid:';
  if (!/^[A-Za-z0-9:._-]{1,64}$/.test(given)) {
    read.problem(
      'REDIS_KEY_PREFIX',
      'must be up to 64 letters, digits, colons, dots, underscores and hyphens',
    );
  }
  return given;
}

function readRedisUrl(read: VariableReader): string | undefined {
  const given = read.text('REDIS_URL');
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    read.problem('REDIS_URL', 'must be an address such as rediss://user:password@host:6379');
    return undefined;
  }
  return given;
}
