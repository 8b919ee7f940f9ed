import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type HttpRequest, type HttpResponse, headerOf, readRequest } from '../http/index.ts';
import { GraphError } from '../odata/index.ts';
import type { World } from '../state/index.ts';
import { readCaller } from './caller.ts';
import { graphJson } from './graph-json.ts';
import { jsonBody } from './json-body.ts';

/** More requests than that are refused (MGD concepts/json-batching.md). */
const MAX_REQUESTS = 20;

const step = z.object({
  id: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).default([]),
});
type Step = z.infer<typeof step>;
const form = z.object({ requests: z.array(step) });

interface StepResponse {
  readonly id: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** POST /$batch: up to 20 calls in one, in the order in which they depend on each other. @throws GraphError 400 */
export function batch(
  http: HttpRequest,
  world: World,
  respond: (inner: HttpRequest) => HttpResponse,
): HttpResponse {
  readCaller(http, world);
  const responses = new Map<string, StepResponse>();
  for (const one of readSteps(http)) responses.set(one.id, responseTo(one, responses, http, respond));
  return graphJson(http, '$batch', { responses: [...responses.values()] });
}

function readSteps(http: HttpRequest): readonly Step[] {
  const read = form.safeParse(jsonBody(http));
  if (!read.success)
    throw new GraphError('BadRequest', `Invalid batch payload format: ${z.prettifyError(read.error)}`);
  const { requests } = read.data;
  if (requests.length > MAX_REQUESTS)
    throw new GraphError(
      'BadRequest',
      `Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`,
    );
  if (new Set(requests.map((one) => one.id)).size < requests.length)
    throw new GraphError('BadRequest', 'Request Ids must be unique.');
  return requests;
}

function responseTo(
  one: Step,
  earlier: ReadonlyMap<string, StepResponse>,
  http: HttpRequest,
  respond: (inner: HttpRequest) => HttpResponse,
): StepResponse {
  const failed = one.dependsOn.some((id) => (earlier.get(id)?.status ?? 424) >= 400);
  if (failed) return { id: one.id, status: 424, body: failedDependency() };
  const response = respond(innerRequest(one, http));
  const { status, body } = response;
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  const shown = { id: one.id, status, headers: Object.fromEntries(headers) };
  if (body.length === 0) return shown;
  if (typeof body !== 'string') return { ...shown, body: Buffer.from(body).toString('base64') };
  const isJson = headerOf(response, 'Content-Type').startsWith('application/json');
  return { ...shown, body: isJson ? JSON.parse(body) : body };
}

function failedDependency(): unknown {
  return { error: { code: 'FailedDependency', message: 'A request that this one depends on failed.' } };
}

/** A call of the batch as if it had come by itself, with the batch's own token unless it brings one. */
function innerRequest({ method, url, headers, body }: Step, http: HttpRequest): HttpRequest {
  const [, version = 'v1.0'] = http.path.split('/');
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const inner = readRequest({
    method: method.toUpperCase(),
    origin: http.origin,
    url: `/${version}/${url.replace(/^\/+/, '')}`,
    headers: { authorization: http.headers.authorization, ...own },
    tenant: '',
    id: '',
    bodyText: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
  });
  return { ...inner, traceId: randomUUID() };
}
