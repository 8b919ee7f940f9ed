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
  'must be an address such as rediss://user:password@host:6379, several of them with commas between for a cluster, or rediss+sentinel://user:password@a:26379,b:26379/NAME';

/** @returns undefined for what is no address of a Redis */
export function readRedisAddress(given: string): RedisAddress | undefined {
  const urls = urlsIn(given);
  const [first] = urls;
  const path = decoded(urls.at(-1)?.pathname.slice(1) ?? '');
  if (first === undefined || path === undefined || !urls.every((url) => isSame(url, first))) return undefined;
  const kind = kindOf(urls);
  if (!PATH[kind].test(path)) return undefined;
  const usualPort = kind === 'sentinel' ? 26_379 : 6_379;
  return {
    kind,
    tls: first.protocol.startsWith('rediss'),
    hosts: urls.map(({ hostname, port }) => ({
      host: withoutBrackets(hostname),
      port: port === '' ? usualPort : Number(port),
    })),
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

function isSame({ protocol, hostname }: URL, first: URL): boolean {
  return protocol === first.protocol && hostname !== '';
}

/** The URL of each host; empty for what is no address of a Redis. */
function urlsIn(given: string): URL[] {
  if (!/^rediss?(\+sentinel)?:\/\//i.test(given)) return [];
  const urls = splitHosts(given).map(readUrl);
  return urls.every((url) => url !== undefined) ? urls : [];
}

/** The URL of each host. Whatever can be read as one stays one: a password may hold a comma. */
function splitHosts(given: string): string[] {
  const whole = readUrl(given);
  if (whole !== undefined && !whole.hostname.includes(',')) return [given];
  const separate = given.split(/,(?=rediss?:\/\/)/i);
  if (separate.length > 1) return separate;
  const [, scheme = '', user = '', hosts = '', path = ''] =
    /^([^:]+:\/\/)((?:[^@/]*@)?)([^/]*)(.*)$/.exec(given) ?? [];
  return hosts.split(',').map((host) => `${scheme}${user}${host}${path}`);
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
