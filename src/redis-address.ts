import { domainToASCII } from 'node:url';
import { withoutBrackets } from './loopback.ts';

/** Where a Redis is, as `REDIS_URL` says it. */
export interface RedisAddress {
  /** `sentinel`: the hosts say which server is the one that is written to. */
  kind: 'server' | 'cluster' | 'sentinel';
  hosts: readonly RedisHost[];
  tls: boolean;
  username?: string;
  password?: string;
  database?: number;
  /** The name under which sentinels know the server. */
  masterName?: string;
}

/** One host of it. */
export interface RedisHost {
  host: string;
  port: number;
}

/** What `REDIS_URL` has to be. */
export const REDIS_URL_RULE =
  'must be an address such as rediss://user:password@host:6379, several of them with commas between for a cluster, or rediss+sentinel://user:password@a:26379,b:26379/NAME; without ? and #, and with the signs of user and password percent-encoded';

/** Its own schemes, at the start of each host's URL. */
const VALKEY = /(^|,\s*)valkey(?=s?(?:\+sentinel)?:\/\/)/gi;

/** @returns undefined for what is no address of a Redis */
export function readRedisAddress(given: string): RedisAddress | undefined {
  const urls = urlsIn(given.trim().replace(VALKEY, '$1redis'));
  const [first] = urls;
  if (first === undefined || !urls.every((url) => isSame(url, first))) return undefined;
  const [users, paths] = [told(urls.map(userOf)), told(urls.map(({ pathname }) => pathname.slice(1)))];
  const path = decoded(paths[0] ?? '');
  if (users.length > 1 || paths.length > 1 || path === undefined) return undefined;
  const kind = kindOf(urls);
  if (!PATH[kind].test(path)) return undefined;
  const usualPort = kind === 'sentinel' ? 26_379 : 6_379;
  return {
    kind,
    tls: first.protocol.startsWith('rediss'),
    hosts: urls.map((url) => ({ host: hostOf(url), port: url.port === '' ? usualPort : Number(url.port) })),
    ...credentialsOf(urls),
    ...(kind === 'sentinel' ? { masterName: path } : {}),
    ...(kind === 'server' && path !== '' ? { database: Number(path) } : {}),
  };
}

/** The name that sentinels know; the number of a database. */
const PATH = { sentinel: /^[\w.-]{1,200}$/, cluster: /^0?$/, server: /^\d{0,3}$/ } as const;

function kindOf([first, ...others]: readonly URL[]): RedisAddress['kind'] {
  if (first?.protocol.includes('sentinel')) return 'sentinel';
  return others.length > 0 ? 'cluster' : 'server';
}

/** With a `#` or `?` in it that is not encoded, a password would be a port, and its user a host. */
function isSame(url: URL, first: URL): boolean {
  return url.protocol === first.protocol && hostOf(url) !== '' && url.port !== '0' && !/[?#]/.test(url.href);
}

/** What the URL of one host says counts for all of them. */
function told(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}

function userOf({ username, password }: URL): string {
  return username === '' && password === '' ? '' : `${username}:${password}`;
}

/** Empty for what is no name or address. */
function hostOf({ hostname }: URL): string {
  const host = withoutBrackets(hostname);
  return /[:,]/.test(host) ? host.replace(/.*,.*/, '') : domainToASCII(decoded(host) ?? '');
}

/** The URL of each host; empty for what is no address of a Redis. */
function urlsIn(given: string): URL[] {
  if (!/^rediss?(\+sentinel)?:\/\//i.test(given)) return [];
  const urls = splitHosts(given).map(readUrl);
  return urls.every((url) => url !== undefined) ? urls : [];
}

/** The URL of each host. Whatever can be read as one stays one: a password may hold a comma. */
function splitHosts(given: string): string[] {
  const separate = given.split(/[\s,]*,\s*(?=rediss?(?:\+sentinel)?:\/\/)/i);
  if (separate.length > 1) return separate.map((each) => each.replace(/[\s,]+$/, ''));
  const whole = readUrl(given);
  if (whole !== undefined && !whole.hostname.includes(',')) return [given];
  const [, scheme = '', user = '', hosts = '', path = ''] =
    /^([^:]+:\/\/)((?:[^@/]*@)?)([^/]*)(.*)$/.exec(given) ?? [];
  const listed = hosts.split(',').map((host) => host.trim());
  return listed.filter((host) => host !== '').map((host) => `${scheme}${user}${host}${path}`);
}

function readUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const parts = [url?.username, url?.password].map((part) => decoded(part ?? ''));
  return parts.includes(undefined) ? undefined : url;
}

function credentialsOf(urls: readonly URL[]): Pick<RedisAddress, 'username' | 'password'> {
  const url = urls.find(({ username, password }) => username !== '' || password !== '');
  const [username, password] = [decoded(url?.username ?? ''), decoded(url?.password ?? '')];
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The hosts, for the people who run the app. */
export function hostsOf({ hosts }: Pick<RedisAddress, 'hosts'>): string {
  return hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
}

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
