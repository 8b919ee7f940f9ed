import type { HttpRequest, HttpResponse } from '../http/index.ts';
import type { World } from '../state/index.ts';
import type { Caller } from './caller.ts';

/** A call of Graph's, once the caller is known. */
export interface GraphCall {
  readonly http: HttpRequest;
  readonly world: World;
  readonly caller: Caller;
  /** What stands in the path for the names of its pattern. */
  readonly params: Readonly<Record<string, string>>;
}

/** What answers a call. @throws GraphError */
export type GraphEndpoint = (call: GraphCall) => HttpResponse;
