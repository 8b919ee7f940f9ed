import { jsonObject } from '../../json-object.ts';
import { type HttpResponse, textHeaders } from '../../network/index.ts';
import { graphError, responseRefused } from './graph-error.ts';
import type { GraphRequest, GraphResponse } from './types.ts';

/** What a good response says. @throws AppError for a redirect, an error or what is no JSON object */
export function readResponse(response: HttpResponse, request: GraphRequest): GraphResponse {
  const { status } = response;
  const headers = textHeaders(response);
  if (status >= 300 && status < 400)
    throw responseRefused('Microsoft Graph answered with a redirect.', `status ${status}`);
  if (status < 200 || status > 299) throw graphError(status, jsonObject(response.data), headers);
  return { status, headers, body: bodyOf(response, request) };
}

function bodyOf({ data, status }: HttpResponse, { responseType = 'json' }: GraphRequest): unknown {
  if (responseType === 'bytes') return data;
  return responseType === 'json' ? readObject(data, status) : readJson(data, status);
}

function readJson(bytes: Buffer, status: number): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw responseRefused('The API did not answer with JSON.', `status ${status}`);
  }
}

/** The JSON object that a good response consists of. @throws UpstreamError for everything else */
export function readObject(bytes: Buffer, status: number): Record<string, unknown> {
  const body = jsonObject(bytes);
  if (body !== undefined) return body;
  throw responseRefused('Microsoft Graph did not answer with a JSON object.', `status ${status}`);
}

/** One header that was given once. */
export function headerOf(response: HttpResponse, name: string): string | undefined {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : undefined;
}
