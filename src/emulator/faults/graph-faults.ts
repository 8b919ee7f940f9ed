import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CHALLENGE, claimsChallenge } from '../graph/index.ts';
import { type HttpResponse, jsonResponse, withHeaders } from '../http/index.ts';
import { GraphError, graphErrorResponse, graphHeaders } from '../odata/index.ts';
import { type FaultKind, type FaultScene, faultKind, jsonOf, withJson } from './fault.ts';

const rowsForm = z.strictObject({
  rows: z.array(z.unknown()).optional(),
  each: z.record(z.string(), z.unknown()).default({}),
  append: z.boolean().default(false),
  copies: z.number().int().min(1).max(1_000_000).default(1),
});

/** Faults of Microsoft Graph's responses. */
export const GRAPH_FAULTS: readonly FaultKind[] = [
  faultKind(
    'next-link',
    z.strictObject({ url: z.unknown().optional(), to: z.enum(['self', 'endless']).default('self') }),
    ({ url, to }) => ({
      change(response, scene) {
        const body = jsonOf(response);
        if (!Array.isArray(body?.value)) return undefined;
        const link = url ?? (to === 'self' ? ownUrl(scene) : endlessUrl(scene));
        return withJson(response, { ...body, '@odata.nextLink': link });
      },
    }),
  ),
  faultKind('rows', rowsForm, (settings) => ({ change: (response) => withRows(response, settings) })),
  faultKind(
    'claims-challenge',
    z.strictObject({
      claims: z.unknown().optional(),
      raw: z.string().optional(),
      status: z.union([z.literal(401), z.literal(403)]).default(401),
    }),
    ({ claims, raw, status }) => ({ replace: (scene) => ({ ...challenge(scene, claims, raw), status }) }),
  ),
  faultKind('throttled', z.strictObject({ retryAfterSeconds: z.number().min(0).default(1) }), (settings) => ({
    replace: (scene) => throttled(scene, settings.retryAfterSeconds),
  })),
];

function ownUrl({ http }: FaultScene): string {
  return `${http.origin}${http.path}${http.search}`;
}

/** Another URL each time, every one of which answers with one more. */
function endlessUrl(scene: FaultScene): string {
  const url = new URL(ownUrl(scene));
  url.searchParams.set('again', randomUUID());
  return url.href;
}

function withRows(response: HttpResponse, settings: z.infer<typeof rowsForm>): HttpResponse | undefined {
  const body = jsonOf(response);
  if (!Array.isArray(body?.value)) return undefined;
  const own = body.value.map((row: object) => ({ ...row, ...settings.each }));
  const given = settings.rows ?? [];
  const rows = settings.rows === undefined || settings.append ? [...own, ...given] : given;
  const copied = Array.from({ length: settings.copies }, () => rows).flat();
  return withJson(response, { ...body, value: copied });
}

/** A 401 as continuous access evaluation sends it; `raw` takes the place of the encoded claims. */
function challenge({ http, world }: FaultScene, claims: unknown, raw: string | undefined): HttpResponse {
  const nbf = String(Math.floor(world.now() / 1000));
  const wanted = claims ?? { access_token: { nbf: { essential: true, value: nbf } } };
  const error =
    raw === undefined
      ? claimsChallenge(wanted)
      : new GraphError('InvalidAuthenticationToken', 'The emulator was told to challenge.', {
          'WWW-Authenticate': `${CHALLENGE}, error="insufficient_claims", claims="${raw}"`,
        });
  return graphErrorResponse(http, error, world.now());
}

/** A 429 with the inner error that throttling has (wire reference G5). */
function throttled({ http, world }: FaultScene, retryAfterSeconds: number): HttpResponse {
  const headers = graphHeaders(http);
  const innerError = {
    code: '429',
    date: new Date(world.now()).toISOString().slice(0, 19),
    message: 'Please retry after',
    'request-id': headers['request-id'],
    status: '429',
  };
  const error = { code: 'TooManyRequests', message: 'Please retry again later.', innerError };
  const response = jsonResponse(429, { error }, { ...headers, 'Retry-After': String(retryAfterSeconds) });
  return withHeaders(response, { 'Content-Type': 'application/json' });
}
