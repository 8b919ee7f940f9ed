import type { HttpResponse } from '../http/index.ts';
import {
  type Collection,
  countOf,
  type EntityType,
  GraphError,
  graphHeaders,
  isEventual,
  listMembers,
  type Row,
  readListQuery,
} from '../odata/index.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson } from './graph-json.ts';

/** A page of a list, each row as `jsonOf` shows it (wire reference G2). */
export function graphList(
  { http, world }: GraphCall,
  context: string,
  list: Collection,
  entity: EntityType,
  jsonOf: (row: Row) => unknown,
): HttpResponse {
  return graphJson(http, context, listMembers(http, list, entity, world.seal, jsonOf));
}

/** How many a list has, as text (wire reference G3, "/users/$count"). */
export function graphCount({ http }: GraphCall, list: Collection, entity: EntityType): HttpResponse {
  if (!isEventual(http)) throw new GraphError('Request_BadRequest', '$count is not currently supported.');
  return {
    status: 200,
    headers: { ...graphHeaders(http), 'Content-Type': 'text/plain' },
    body: String(countOf(readListQuery(http, entity), list)),
  };
}
