import { type Api, type ApiGiven, createApi } from '../graph/index.ts';

/** An API that people's access tokens are for. */
export interface ApiOptions {
  /** Requests go nowhere but below it, such as `https://orders.example/v1`; https, or http on this machine. */
  baseUrl: string;
  /** Delegated scopes, with the API's own name in front: `api://orders/Orders.Read`. */
  scopes: readonly string[];
}

/** An API as requests use it. */
export interface ConfiguredApi {
  /** Absent: whatever of the sign-in's own scopes was granted. */
  scopes: readonly string[] | undefined;
  open(given: ApiGiven): Api;
}

/** Microsoft Graph's versions. Source: Microsoft's page on versioning. */
const GRAPH_VERSIONS = ['/v1.0/', '/beta/'];

/** Makes the APIs ready, each once: `graph`, and those that the options name. */
export function openApis(
  graphEndpoint: string,
  apis: Readonly<Record<string, ApiOptions>>,
): ReadonlyMap<string, ConfiguredApi> {
  const graph = { scopes: undefined, open: createApi(graphEndpoint, { pathPrefixes: GRAPH_VERSIONS }) };
  const others = Object.entries(apis).map(
    ([name, { baseUrl, scopes }]) => [name, { scopes, open: createApi(baseUrl, { name, scopes }) }] as const,
  );
  return new Map<string, ConfiguredApi>([['graph', graph], ...others]);
}
