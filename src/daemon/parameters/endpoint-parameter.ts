import { isIP } from 'node:net';
import { ambiguousOption } from '../../graph/index.ts';
import type { ParameterReader } from './parameter-reader.ts';

/** The list to read: where Graph is, and the path of the list there. */
export interface ListEndpoint {
  origin: string;
  /** Begins with `/v1.0/`; may have a query. */
  path: string;
}

/** Microsoft's page on national cloud deployments. */
const GRAPH_HOSTS = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
]);
/** Clouds whose Graph has no published address: there, the file alone says it. */
const UNLISTED_CLOUD = /^https:\/\/login\.sovcloud-identity\.(fr|de|sg)\//;
const DEFAULT_ORIGIN = 'https://graph.microsoft.com';
const DEFAULT_SCOPE = `${DEFAULT_ORIGIN}/.default`;

/** Reads `scope`, a list of one as in the sample, or its one text. */
export function readScope(read: ParameterReader): string {
  const given = read.value('scope') ?? DEFAULT_SCOPE;
  const [scope, ...more]: unknown[] = Array.isArray(given) ? given : [given];
  if (typeof scope === 'string' && more.length === 0 && /^[^\s"]{1,300}\/\.default$/.test(scope))
    return scope;
  read.problem(
    'scope',
    `must be ["${DEFAULT_SCOPE}"]: an app asks for what was consented to on its registration, as one RESOURCE/.default`,
  );
  return DEFAULT_SCOPE;
}

/**
 * Reads `endpoint`: the access token goes there, so it has to be Microsoft Graph or this machine.
 * @param authority decides which addresses can be Graph's
 */
export function readEndpoint(read: ParameterReader, scope: string, authority: string): ListEndpoint {
  const scopeHost = URL.canParse(scope) ? new URL(scope).hostname : '';
  const given =
    read.text('endpoint') ??
    `${GRAPH_HOSTS.has(scopeHost) ? new URL(scope).origin : DEFAULT_ORIGIN}/v1.0/users`;
  const url = URL.canParse(given) ? new URL(given) : new URL('about:blank');
  const rule = ruleBrokenBy(url, UNLISTED_CLOUD.test(authority));
  if (rule !== undefined) read.problem('endpoint', rule);
  else if (GRAPH_HOSTS.has(scopeHost) && GRAPH_HOSTS.has(url.hostname) && scopeHost !== url.hostname) {
    read.problem('endpoint', 'must be of the same cloud as scope: a token for one is refused by the other');
  }
  return { origin: url.origin, path: `${url.pathname.replace(/\/+$/, '')}${url.search}` };
}

function ruleBrokenBy(url: URL, anyHost: boolean): string | undefined {
  const here = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(here && url.protocol === 'http:')) {
    return `must be an https address such as ${DEFAULT_ORIGIN}/v1.0/users`;
  }
  if (!here && !anyHost && !GRAPH_HOSTS.has(url.hostname)) return 'must be an address of Microsoft Graph';
  if (!here && url.port !== '') return 'must be without a port';
  if (url.hash || url.username || url.password) return 'must not hold a fragment or a user name';
  const twice = ambiguousOption(url.search);
  if (twice !== undefined) return `must hold ${twice} once`;
  if (!/^\/v1\.0\/./.test(url.pathname)) return 'must be of Graph v1.0: its path begins with /v1.0/';
  return undefined;
}

function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}
