import type { HttpRequest } from '../http/index.ts';
import type { Seal } from '../tokens/index.ts';
import type { Collection, EntityType, Row } from './entity.ts';
import { readPage } from './list-page.ts';

/** The members of a list's response, but for its context (wire reference G2). */
export function listMembers(
  http: HttpRequest,
  collection: Collection,
  entity: EntityType,
  seal: Seal,
  jsonOf: (row: Row) => unknown,
): Readonly<Record<string, unknown>> {
  const page = readPage(http, collection, entity, seal);
  return {
    ...(page.count === undefined ? {} : { '@odata.count': page.count }),
    ...(page.nextSkipToken === undefined
      ? {}
      : { '@odata.nextLink': sameRequest(http, { $skiptoken: page.nextSkipToken }) }),
    value: page.rows.map(jsonOf),
  };
}

/** The same request at the same origin with other parameters: further on, or from here on (wire reference G3). */
export function sameRequest(http: HttpRequest, changes: Readonly<Record<string, string>>): string {
  const { $skiptoken: _skip, $deltatoken: _delta, ...query } = http.query;
  const kept = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const changed = Object.entries(changes).map(([name, value]) => `${name}=${value}`);
  return `${http.origin}${http.path}?${[...kept, ...changed].join('&')}`;
}
