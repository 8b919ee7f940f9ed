import { cloudOfGraph, GLOBAL_GRAPH, GRAPH_APP_ID } from '../../clouds.ts';
import { isLoopback } from '../../loopback.ts';
import type { AuthoritySetting } from './authority.ts';

/** Origin of Microsoft Graph in the cloud of an authority; undefined where only the settings can say it. */
export function usualGraphOf({ cloud, isLocal, url }: AuthoritySetting): string | undefined {
  if (isLocal) return new URL(url).origin;
  return cloud === undefined ? GLOBAL_GRAPH : cloud.graphOrigins[0];
}

/** Origins that are Graph's for an authority; empty where nobody has published one. */
export function graphOriginsOf({ cloud, isLocal }: AuthoritySetting): readonly string[] {
  return cloud === undefined || isLocal ? [GLOBAL_GRAPH] : cloud.graphOrigins;
}

/**
 * The rule that a given origin of Graph breaks: access tokens are sent there.
 * @param mixed what is said of an origin that is of another cloud than the authority
 */
export function graphRuleBrokenBy(
  origin: string,
  authority: AuthoritySetting,
  { production, mixed }: { production: boolean; mixed: string },
): string | undefined {
  if (isLoopback(new URL(origin).hostname)) {
    return production ? 'must not be on this machine when NODE_ENV is production' : undefined;
  }
  const cloud = cloudOfGraph(origin);
  const isOfOtherCloud = cloud !== undefined && authority.cloud !== undefined && cloud !== authority.cloud;
  if (isOfOtherCloud || authority.isLocal) return mixed;
  const isUnpublished = authority.cloud?.graphOrigins.length === 0;
  return cloud !== undefined || isUnpublished ? undefined : 'must be an address of Microsoft Graph';
}

/** What a scope is for: `graph`, a URI or an id; undefined for what OpenID Connect itself defines. */
export function resourceOf(scope: string, graphOrigins: readonly string[]): string | undefined {
  if (/^(openid|profile|email|offline_access)$/i.test(scope)) return undefined;
  if (!scope.includes('/')) return 'graph';
  const resource = scope.toLowerCase().replace(/\/+[^/]*$/, '');
  return resource === GRAPH_APP_ID || graphOrigins.includes(resource) ? 'graph' : resource;
}
