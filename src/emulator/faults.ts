import { z } from 'zod';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';
import type { ArmedFault, FaultKind, FaultScene, WireFault } from './fault.ts';
import { AADSTS_FAULTS } from './faults-aadsts.ts';
import { AUTHORIZE_FAULTS } from './faults-authorize.ts';
import { GRAPH_FAULTS } from './faults-graph.ts';
import { HTTP_FAULTS } from './faults-http.ts';
import { TOKEN_FAULTS } from './faults-token.ts';

/** The endpoints by the names that faults use; `*` is any of them. */
export const ENDPOINTS = [
  '*',
  'metadata',
  'instance',
  'keys',
  'authorize',
  'token',
  'devicecode',
  'logout',
  'adminconsent',
  'userinfo',
  'me',
  'users',
  'user',
  'count',
  'photo',
  'other',
] as const;

/** An endpoint's name. */
export type EndpointName = (typeof ENDPOINTS)[number];

const faultRequest = z.strictObject({
  at: z.enum(ENDPOINTS),
  times: z.union([z.number().int().min(1), z.literal('always')]).default(1),
  client: z.string().optional(),
  when: z.record(z.string(), z.string()).default({}),
  fault: z.looseObject({ kind: z.string() }),
});

/** What shall go wrong: where, how often, for which client, for requests with which parameters, and how. */
export type FaultRequest = z.input<typeof faultRequest>;

/** A fault that waits, as GET /_emulator/faults lists it; `left` counts down. */
export interface WaitingFault {
  readonly request: z.output<typeof faultRequest>;
  readonly armed: ArmedFault;
  left: number;
}

/** The faults of one stand-in. */
export interface Faults {
  /** @throws ZodError when the request has not the documented form, Error when nobody knows the kind */
  add(request: unknown): void;
  waiting(): readonly WaitingFault[];
  clear(): void;
}

/** An answer, and what the listener shall do wrong while it sends it. */
export interface FaultedAnswer {
  readonly answer: Answer;
  readonly wire: readonly WireFault[];
}

const KINDS = [HTTP_FAULTS, AADSTS_FAULTS, TOKEN_FAULTS, AUTHORIZE_FAULTS, GRAPH_FAULTS];
const MAX_WAITING = 1_000;

function kindNamed(name: string): FaultKind {
  const all = KINDS.flat();
  const found = all.find((one) => one.kind === name);
  if (found !== undefined) return found;
  const names = all.map((one) => one.kind).join(', ');
  throw new Error(`there is no kind of fault named ${name}, but these: ${names}`);
}

/** Creates the memory of faults, none at first. */
export function createFaults(): Faults {
  let waiting: WaitingFault[] = [];
  return {
    add(request) {
      const read = faultRequest.parse(request);
      const kind = kindNamed(read.fault.kind);
      if (waiting.length >= MAX_WAITING) throw new Error(`there are ${MAX_WAITING} faults waiting already`);
      const left = read.times === 'always' ? Number.POSITIVE_INFINITY : read.times;
      waiting.push({ request: read, armed: kind.arm(read.fault), left });
    },
    waiting() {
      waiting = waiting.filter((one) => one.left > 0);
      return waiting;
    },
    clear() {
      waiting = [];
    },
  };
}

/** Answers a request as the endpoint would, with the waiting faults that fit; each that did something counts down. */
export function answerWithFaults(at: EndpointName, scene: FaultScene, endpoint: () => Answer): FaultedAnswer {
  const fitting = scene.world.faults.waiting().filter((one) => fits(one, at, scene.asked));
  const wire: WireFault[] = [];
  let answer: Answer | undefined;
  for (const fault of fitting) {
    if ('wire' in fault.armed) wire.push(fault.armed.wire);
    else if ('replace' in fault.armed && answer === undefined) answer = fault.armed.replace(scene);
    else continue;
    if ('wire' in fault.armed || answer !== undefined) fault.left--;
  }
  return { answer: changed(answer ?? endpoint(), fitting, scene), wire };
}

function changed(answer: Answer, fitting: readonly WaitingFault[], scene: FaultScene): Answer {
  let current = answer;
  for (const fault of fitting) {
    const next = 'change' in fault.armed ? fault.armed.change(current, scene) : undefined;
    if (next === undefined) continue;
    fault.left--;
    current = next;
  }
  return current;
}

function fits({ request }: WaitingFault, at: EndpointName, asked: Asked): boolean {
  if (request.at !== '*' && request.at !== at) return false;
  const fields = { ...asked.query, ...asked.body };
  if (request.client !== undefined && request.client !== fields.client_id) return false;
  return Object.entries(request.when).every(([name, value]) => fields[name] === value);
}
