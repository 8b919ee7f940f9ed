import { z } from 'zod';
import {
  ENDPOINTS,
  type EndpointName,
  type HttpRequest,
  type HttpResponse,
  type WireFault,
} from '../http/index.ts';
import { AADSTS_FAULTS } from './aadsts-faults.ts';
import { AUTHORIZE_FAULTS } from './authorize-faults.ts';
import type { ArmedFault, FaultKind, FaultScene } from './fault.ts';
import { GRAPH_FAULTS } from './graph-faults.ts';
import { HTTP_FAULTS } from './http-faults.ts';
import { TOKEN_FAULTS } from './token-faults.ts';

const faultRequest = z.strictObject({
  at: z.enum(ENDPOINTS),
  times: z.union([z.number().int().min(1), z.literal('always')]).default(1),
  client: z.string().optional(),
  path: z.string().optional(),
  when: z.record(z.string(), z.string()).default({}),
  fault: z.looseObject({ kind: z.string() }),
});

/** What is to go wrong; docs/emulator.md lists the places and the kinds. */
export interface FaultRequest {
  at: EndpointName;
  /** Default 1. */
  times?: number | 'always' | undefined;
  /** Only for requests of this client id. */
  client?: string | undefined;
  /** Only for requests whose path has this in it: `/groups/$count`. */
  path?: string | undefined;
  /** Only for requests with these parameters. */
  when?: Record<string, string> | undefined;
  fault: { kind: string; [setting: string]: unknown };
}

/** A fault that waits, as GET /_emulator/faults lists it; `left` counts down. */
export interface WaitingFault {
  readonly request: z.output<typeof faultRequest>;
  readonly armed: ArmedFault;
  left: number;
}

/** The faults of one emulator. */
export interface Faults {
  /** @throws ZodError when the request has not the documented form, Error for a kind that is unknown or of another place */
  add(request: unknown): void;
  waiting(): readonly WaitingFault[];
  clear(): void;
}

/** A response, and what the listener does wrong while it sends it. */
interface FaultedResponse {
  readonly response: HttpResponse;
  readonly wire: readonly WireFault[];
}

/** The kinds, and where they can do something; anywhere else they would wait for ever, or send what nobody sends there. */
const KINDS: readonly { kinds: readonly FaultKind[]; places: readonly EndpointName[] }[] = [
  { kinds: HTTP_FAULTS, places: ENDPOINTS },
  {
    kinds: AADSTS_FAULTS,
    places: ['metadata', 'instance', 'keys', 'authorize', 'token', 'devicecode', 'logout', 'adminconsent'],
  },
  { kinds: TOKEN_FAULTS, places: ['token', 'managed-identity'] },
  { kinds: AUTHORIZE_FAULTS, places: ['authorize'] },
  { kinds: GRAPH_FAULTS, places: ['me', 'users', 'user', 'count', 'photo', 'other'] },
];
const MAX_WAITING = 1_000;

function kindNamed(name: string, at: EndpointName): FaultKind {
  for (const { kinds, places } of KINDS) {
    const found = kinds.find((one) => one.kind === name);
    if (found === undefined) continue;
    if (at === '*' || places.includes(at)) return found;
    throw new Error(`${name} does nothing at ${at}, but at ${places.join(', ')}`);
  }
  const names = KINDS.flatMap(({ kinds }) => kinds.map((one) => one.kind)).join(', ');
  throw new Error(`there is no kind of fault named ${name}, but these: ${names}`);
}

/** Creates the memory of faults, none at first. */
export function createFaults(): Faults {
  let waiting: WaitingFault[] = [];
  return {
    add(request) {
      const read = faultRequest.parse(request);
      const kind = kindNamed(read.fault.kind, read.at);
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
export function respondWithFaults(
  at: EndpointName,
  scene: FaultScene,
  faults: Faults,
  endpoint: () => HttpResponse,
): FaultedResponse {
  const fitting = faults.waiting().filter((one) => fits(one, at, scene.http));
  const wire: WireFault[] = [];
  let response: HttpResponse | undefined;
  for (const fault of fitting) {
    if ('wire' in fault.armed) wire.push(fault.armed.wire);
    else if ('replace' in fault.armed && response === undefined) response = fault.armed.replace(scene);
    else continue;
    if ('wire' in fault.armed || response !== undefined) fault.left--;
  }
  return { response: changed(response ?? endpoint(), fitting, scene), wire };
}

function changed(response: HttpResponse, fitting: readonly WaitingFault[], scene: FaultScene): HttpResponse {
  let current = response;
  for (const fault of fitting) {
    const next = 'change' in fault.armed ? fault.armed.change(current, scene) : undefined;
    if (next === undefined) continue;
    fault.left--;
    current = next;
  }
  return current;
}

function fits({ request }: WaitingFault, at: EndpointName, http: HttpRequest): boolean {
  if (request.at !== '*' && request.at !== at) return false;
  if (request.path !== undefined && !http.path.includes(request.path)) return false;
  const fieldOf = (name: string): string | undefined => http.body[name] ?? http.query[name];
  if (request.client !== undefined && request.client !== fieldOf('client_id')) return false;
  return Object.entries(request.when).every(([name, value]) => fieldOf(name) === value);
}
