import type { HttpRequest } from '../http/index.ts';

/** When and under which ids something was refused. */
export interface Incident {
  readonly timeMs: number;
  readonly traceId: string;
  readonly correlationId: string;
}

/** When and under which ids this request fails. */
export function incidentOf(http: HttpRequest, timeMs: number): Incident {
  return { timeMs, traceId: http.traceId, correlationId: http.correlationId };
}

/** Error time stamps have the form `yyyy-MM-dd HH:mm:ssZ` (wire reference C6). */
export function errorTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('T', ' ').replace(/\.\d+/, '');
}
