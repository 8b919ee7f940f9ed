import { z } from 'zod';
import { type HttpRequest, type HttpResponse, jsonResponse, NO_STORE } from '../http/index.ts';

/** Done, and nothing to say. */
export const nothing: HttpResponse = { status: 204, headers: NO_STORE, body: '' };

/** A value of the emulator's own, which nobody keeps. */
export function shown(value: unknown): HttpResponse {
  return jsonResponse(200, value, NO_STORE);
}

/** A request that could not be done, with the reason. */
export function wrong(message: string): HttpResponse {
  return jsonResponse(400, { error: message }, NO_STORE);
}

/** Does what the JSON of a request says, or says why that can't be. */
export function doAsAsked(http: HttpRequest, act: (given: unknown) => HttpResponse): HttpResponse {
  try {
    return act(JSON.parse(http.bodyText));
  } catch (error) {
    return wrong(reasonOf(error));
  }
}

/** Why something could not be done, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

/** One, or a list of them. */
export function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [given];
}
