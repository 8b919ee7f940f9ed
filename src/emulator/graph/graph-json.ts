import { type HttpRequest, type HttpResponse, jsonResponse } from '../http/index.ts';
import { graphHeaders } from '../odata/index.ts';

/** How much of the metadata the caller wants: `none` leaves the context out. */
function metadataLevel({ headers, query }: HttpRequest): 'none' | 'minimal' {
  const wanted = `${headers.accept ?? ''};${query.$format ?? ''}`.toLowerCase();
  return /odata\.metadata=none/.test(wanted) ? 'none' : 'minimal';
}

/** Where the metadata would explain what is in a response (wire reference G2). */
function contextUrl(http: HttpRequest, context: string): string {
  const version = http.path.toLowerCase().startsWith('/beta/') ? 'beta' : 'v1.0';
  return `${http.origin}/${version}/$metadata#${context}`;
}

/** A successful response of Graph's with the context that its metadata would explain (wire reference G2, G6). */
export function graphJson(
  http: HttpRequest,
  context: string,
  content: Readonly<Record<string, unknown>>,
  status = 200,
): HttpResponse {
  const level = metadataLevel(http);
  const body = level === 'none' ? content : { '@odata.context': contextUrl(http, context), ...content };
  return odataResponse(http, body, level, status);
}

/** A JSON body with the headers that OData has for it. */
export function odataResponse(
  http: HttpRequest,
  body: unknown,
  level: 'none' | 'minimal',
  status = 200,
): HttpResponse {
  return jsonResponse(status, body, {
    ...graphHeaders(http),
    'Content-Type': `application/json;odata.metadata=${level};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`,
    'OData-Version': '4.0',
  });
}

/** A success that has nothing to say. */
export function graphNoContent(http: HttpRequest): HttpResponse {
  return { status: 204, headers: graphHeaders(http), body: '' };
}

/** `name` or `name(the,selected,properties)`, for the context. */
export function selectedContext(name: string, select: readonly string[] | undefined, suffix = ''): string {
  return select === undefined ? `${name}${suffix}` : `${name}(${select.join(',')})${suffix}`;
}
