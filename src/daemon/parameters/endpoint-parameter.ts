import { cloudOfGraph, GLOBAL_GRAPH } from '../../clouds.ts';
import {
  type AuthoritySetting,
  graphOriginsOf,
  graphRuleBrokenBy,
  usualGraphOf,
} from '../../config/index.ts';
import { ambiguousOption } from '../../graph/index.ts';
import { isHttpsOrLoopback, isLoopback } from '../../loopback.ts';
import type { ParameterReader } from './parameter-reader.ts';

/** The list to read: where Graph is, and the path of the list there. */
export interface ListEndpoint {
  origin: string;
  /** Begins with `/v1.0/`; may have a query. */
  path: string;
}

/** Where the file's platform is, and whether this is meant seriously. */
interface EndpointSurroundings {
  authority: AuthoritySetting;
  production: boolean;
}

const DEFAULT_PATH = '/v1.0/users';
const SCOPE = /^[^\s"]{1,300}\/\.default$/;

/** Reads `scope`, a list of one as in the sample, or its one text. Without it, Graph of the authority's cloud. */
export function readScope(read: ParameterReader, authority: AuthoritySetting): string {
  const endpoint = read.text('endpoint');
  const graph =
    originOf(endpoint, isGraph) ?? graphOriginsOf(authority)[0] ?? originOf(endpoint) ?? GLOBAL_GRAPH;
  const usual = `${graph}/.default`;
  const given = read.value('scope');
  if (given === undefined || given === null) return usual;
  const [scope, ...more]: unknown[] = Array.isArray(given) ? given : [given];
  if (typeof scope !== 'string' || more.length > 0 || !SCOPE.test(scope)) {
    read.problem(
      'scope',
      `must be ["${usual}"]: an app asks for what was consented to on its registration, as one RESOURCE/.default`,
    );
    return usual;
  }
  if (isOfOtherCloud(scope, authority))
    read.problem('scope', 'must be of the same cloud as authority: leave it out, and it follows');
  return scope;
}

function isOfOtherCloud(scope: string, { cloud }: AuthoritySetting): boolean {
  const ofScope = cloudOfGraph(originOf(scope) ?? '');
  return cloud !== undefined && ofScope !== undefined && ofScope !== cloud;
}

/**
 * Reads `endpoint`: the access token goes there, so it has to be Microsoft Graph or this machine. Without it, the users
 * of the Graph that scope and authority are of.
 */
export function readEndpoint(
  read: ParameterReader,
  scope: string,
  around: EndpointSurroundings,
): ListEndpoint {
  const scopeGraph = originOf(scope, isGraph);
  const given = read.text('endpoint');
  if (given === undefined) return usualList(read, scopeGraph, around.authority);
  const url = URL.canParse(given) ? new URL(given) : new URL('about:blank');
  const rule = ruleBrokenBy(url, around) ?? mixedRule(url, scopeGraph);
  if (rule !== undefined) read.problem('endpoint', rule);
  return { origin: url.origin, path: `${url.pathname.replace(/\/+$/, '')}${url.search}` };
}

function usualList(
  read: ParameterReader,
  scopeGraph: string | undefined,
  authority: AuthoritySetting,
): ListEndpoint {
  const follows = scopeGraph !== undefined && !authority.isLocal && !isOfOtherCloud(scopeGraph, authority);
  const origin = follows ? scopeGraph : usualGraphOf(authority);
  if (origin === undefined)
    read.problem('endpoint', 'must be set for this cloud, whose Graph address is not public');
  return { origin: origin ?? '', path: DEFAULT_PATH };
}

const MIXED = 'must be of the same cloud as scope and authority: a token for one is refused by the other';

function ruleBrokenBy(url: URL, { authority, production }: EndpointSurroundings): string | undefined {
  const here = isLoopback(url.hostname);
  if (!isHttpsOrLoopback(url)) return `must be an https address such as ${GLOBAL_GRAPH}${DEFAULT_PATH}`;
  if (!here && url.port !== '') return 'must be without a port';
  const rule = graphRuleBrokenBy(url.origin, authority, { production, mixed: MIXED });
  if (rule !== undefined) return rule;
  if (url.hash || url.username || url.password) return 'must not hold a fragment or a user name';
  const twice = ambiguousOption(url.search);
  if (twice !== undefined) return `must hold ${twice} once`;
  if (!/^\/v1\.0\/./.test(url.pathname)) return 'must be of Graph v1.0: its path begins with /v1.0/';
  return undefined;
}

function mixedRule({ origin }: URL, scopeGraph: string | undefined): string | undefined {
  return scopeGraph !== undefined && isGraph(origin) && origin !== scopeGraph ? MIXED : undefined;
}

function isGraph(origin: string): boolean {
  return cloudOfGraph(origin) !== undefined;
}

function originOf(address: string | undefined, which = (_origin: string) => true): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { origin } = new URL(address);
  return which(origin) ? origin : undefined;
}
