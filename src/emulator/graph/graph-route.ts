import type { EndpointName } from '../http/index.ts';
import type { GraphEndpoint } from './graph-call.ts';

/** A call that Graph has, below /v1.0 and /beta. */
export interface GraphRoute {
  readonly method: string;
  /** Those parts in braces stand for anything, and `{cast}` for a type. */
  readonly path: string;
  readonly endpoint: GraphEndpoint;
  /** The query options that it takes; another is refused, never ignored. */
  readonly options: readonly string[];
  /** The name that faults use. */
  readonly at: EndpointName;
}

/** The query options of what has no properties to select. */
export const PLAIN: readonly string[] = ['$format'];
/** … of one object. */
export const ONE: readonly string[] = ['$select', ...PLAIN];
/** … of a list. */
export const LIST: readonly string[] = [
  ...ONE,
  ...['$top', '$skip', '$filter', '$search', '$orderby', '$count', '$skiptoken'],
];

/** A route, by default of one object, or for what changes something. */
export function route(
  call: `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} ${string}`,
  endpoint: GraphEndpoint,
  options = call.startsWith('GET') ? ONE : PLAIN,
  at: EndpointName = 'other',
): GraphRoute {
  const [method = '', path = ''] = call.split(' ');
  return { method, path, endpoint, options, at };
}
