import type { ZodType } from 'zod';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';
import type { World } from './world.ts';

/** What goes wrong below HTTP's meaning: the listener does it while it writes an answer. */
export type WireFault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang'; readonly afterHeaders: boolean }
  | { readonly kind: 'drip'; readonly byteEveryMs: number; readonly forever: boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'flood'; readonly bytes: number; readonly gzip: boolean };

/** What a fault sees of a request. */
export interface FaultScene {
  readonly asked: Asked;
  readonly world: World;
}

/**
 * A fault with its settings. `replace` answers instead of the endpoint, `change` alters the endpoint's answer; each
 * says undefined where it has nothing to do, and then the fault is not used up.
 */
export type ArmedFault =
  | { readonly wire: WireFault }
  | { readonly replace: (scene: FaultScene) => Answer | undefined }
  | { readonly change: (answer: Answer, scene: FaultScene) => Answer | undefined };

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

/** The JSON object of an answer, or undefined when its body is none (another fault may have spoilt it). */
export function jsonOf(answer: Answer): Readonly<Record<string, unknown>> | undefined {
  if (typeof answer.body !== 'string' || !isJson(answer)) return undefined;
  try {
    const value: unknown = JSON.parse(answer.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isJson(answer: Answer): boolean {
  return (answer.headers['Content-Type'] ?? '').startsWith('application/json');
}

/** The answer with another JSON body. */
export function withJson(answer: Answer, value: unknown): Answer {
  return { ...answer, body: JSON.stringify(value) };
}

/** An object with members replaced, and those removed whose new value is null. */
export function merged(
  object: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const all = Object.entries({ ...object, ...changes });
  return Object.fromEntries(all.filter(([name, value]) => !(name in changes && value === null)));
}
