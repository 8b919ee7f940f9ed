import { z } from 'zod';
import { type HttpResponse, withHeaders, withoutHeaders } from '../http/index.ts';
import { type FaultKind, faultKind, jsonOf, merged, withJson } from './fault.ts';

/** A list is as many headers of one name. */
const headers = z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])).default({});
const milliseconds = z.number().min(0).max(3_600_000);

const statusForm = z.strictObject({
  status: z.number().int().min(200).max(599),
  headers,
  body: z.unknown().optional(),
});

/** Faults of any HTTP response, whatever it is about. */
export const HTTP_FAULTS: readonly FaultKind[] = [
  faultKind('status', statusForm, (settings) => ({ replace: () => statusResponse(settings) })),
  faultKind(
    'redirect',
    z.strictObject({ status: z.number().int().default(302), location: z.string() }),
    (to) => ({
      replace: () => ({ status: to.status, headers: { Location: to.location }, body: '' }),
    }),
  ),
  faultKind(
    'headers',
    z.strictObject({ set: headers, remove: z.array(z.string()).default([]) }),
    (change) => ({
      change: (response) => withoutHeaders(withHeaders(response, change.set), change.remove),
    }),
  ),
  faultKind('malformed-json', z.strictObject({}), () => ({
    change: (response) => (jsonOf(response) === undefined ? undefined : cutInHalf(response)),
  })),
  faultKind(
    'answer',
    z.strictObject({
      set: z.record(z.string(), z.unknown()).default({}),
      remove: z.array(z.string()).default([]),
    }),
    ({ set, remove }) => ({
      change(response) {
        const body = jsonOf(response);
        if (body === undefined || response.status >= 400) return undefined;
        const gone = Object.fromEntries(remove.map((name) => [name, null]));
        return withJson(response, merged({ ...body, ...set }, gone));
      },
    }),
  ),
  faultKind('delay', z.strictObject({ ms: milliseconds }), ({ ms }) => ({ wire: { kind: 'delay', ms } })),
  faultKind(
    'hang',
    z.strictObject({ after: z.enum(['request', 'headers']).default('request') }),
    ({ after }) => ({
      wire: { kind: 'hang', afterHeaders: after === 'headers' },
    }),
  ),
  faultKind(
    'drip',
    z.strictObject({ byteEveryMs: milliseconds.min(1).default(200), forever: z.boolean().default(false) }),
    (drip) => ({ wire: { kind: 'drip', ...drip } }),
  ),
  faultKind('reset', z.strictObject({}), () => ({ wire: { kind: 'reset' } })),
  faultKind(
    'flood',
    z.strictObject({
      bytes: z
        .number()
        .int()
        .min(1)
        .default(200 * 1024 * 1024),
      gzip: z.boolean().default(false),
    }),
    (flood) => ({ wire: { kind: 'flood', ...flood } }),
  ),
];

function statusResponse({ status, headers, body }: z.infer<typeof statusForm>): HttpResponse {
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const text = isText ? body : JSON.stringify(body ?? {});
  return { status, headers: { 'Content-Type': type, ...headers }, body: text };
}

function cutInHalf(response: HttpResponse): HttpResponse {
  return { ...response, body: response.body.slice(0, Math.ceil(response.body.length / 2)) };
}
