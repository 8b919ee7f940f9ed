/** By the words of Redis's reply. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /WRONGPASS|NOAUTH|without any password/,
    'Check user and password in REDIS_URL, and whether that server still knows them.',
  ],
  [
    /NOPERM|can't run this command or subcommand/,
    'Give the user of REDIS_URL the rights that docs/operations.md names, on each server of a cluster and on each replica.',
  ],
  [/CLUSTERDOWN/, 'Bring back the missing servers of the cluster (CLUSTER NODES names them).'],
  [/READONLY|MASTERDOWN/, 'Name the server that is written to in REDIS_URL, or sentinels that know it.'],
  [/NOREPLICAS/, 'Bring back its replicas.'],
  [/OOM/, 'Give Redis more memory (maxmemory).'],
  [/MISCONF/, 'Make room on the disk of Redis.'],
  [/max number of clients/, 'Raise maxclients of Redis, or end what holds its connections.'],
  [/LOADING/, 'Wait until Redis has read its data.'],
  [/BUSY/, 'A script of somebody else keeps Redis busy: SCRIPT KILL ends it.'],
  [/DENIED/, 'Give Redis a user with a password, or have it listen where only the app can reach it.'],
  [/DB index|SELECT/, 'Take the number of the database at the end of REDIS_URL away, or change it.'],
  [/cluster support disabled/, 'Name one server in REDIS_URL: several are a cluster.'],
  [/'SENTINEL'/, 'Begin REDIS_URL with redis: or rediss:, for no sentinel answers there.'],
  [
    /unknown command '?(EVAL|EVALSHA|CLUSTER)\b|command called from script/i,
    'A sentinel answers so (REDIS_URL then begins with redis+sentinel:), or a Redis that may not do all that docs/operations.md names.',
  ],
  [/knows no server by the name/, 'Ask it for the names that it knows: SENTINEL MASTERS.'],
];

/** What to do about a reply of Redis, for the people who run the app. @returns undefined for what explains itself */
export function redisAdvice(words: string): string | undefined {
  return ADVICE.find(([kind]) => kind.test(words))?.[1];
}
