import type { ZodType } from 'zod';
import { type HttpRequest, type HttpResponse, headerOf, type WireFault } from '../http/index.ts';
import type { World } from '../state/index.ts';

/** What a fault sees of a request. */
export interface FaultScene {
  readonly http: HttpRequest;
  readonly world: World;
}

/**
 * A fault with its settings. `replace` answers instead of the endpoint, `change` alters the endpoint's response; each
 * says undefined where it has nothing to do, and then the fault is not used up.
 */
export type ArmedFault =
  | { readonly wire: WireFault }
  | { readonly replace: (scene: FaultScene) => HttpResponse | undefined }
  | { readonly change: (response: HttpResponse, scene: FaultScene) => HttpResponse | undefined };

/** A kind of fault: its name in the JSON, the form of its settings, and what it does with them. */
export interface FaultKind {
  readonly kind: string;
  /** @throws ZodError when the settings are not of the kind's form, or one of them nobody knows */
  arm(settings: unknown): ArmedFault;
}

function withoutKind(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return settings;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'kind'));
}

/** Declares a kind of fault; put it into the list of its file and it can be asked for. */
export function faultKind<Settings>(
  kind: string,
  form: ZodType<Settings>,
  arm: (settings: Settings) => ArmedFault,
): FaultKind {
  return { kind, arm: (settings) => arm(form.parse(withoutKind(settings))) };
}

/** The JSON object of a response, or undefined when its body is none (another fault may have spoilt it). */
export function jsonOf(response: HttpResponse): Readonly<Record<string, unknown>> | undefined {
  if (typeof response.body !== 'string' || !isJson(response)) return undefined;
  try {
    const value: unknown = JSON.parse(response.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isJson(response: HttpResponse): boolean {
  return headerOf(response, 'Content-Type').startsWith('application/json');
}

/** The response with another JSON body. */
export function withJson(response: HttpResponse, value: unknown): HttpResponse {
  return { ...response, body: JSON.stringify(value) };
}

/** An object with members replaced, and those removed whose new value is null. */
export function merged(
  object: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const all = Object.entries({ ...object, ...changes });
  return Object.fromEntries(all.filter(([name, value]) => !(name in changes && value === null)));
}
