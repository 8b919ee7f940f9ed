import { z } from 'zod';
import { FAULT_PRESETS } from '../faults/index.ts';
import { type HttpRequest, type HttpResponse, redirectResponse } from '../http/index.ts';
import { accountByUsername } from '../registry/index.ts';
import { doAsAsked, listOf, nothing, shown, wrong } from './control-response.ts';
import { type EmulatorState, resetEmulatorState } from './emulator-state.ts';

/** GET /_emulator/ledger: every request received, the oldest first. */
export function ledger(_http: HttpRequest, state: EmulatorState): HttpResponse {
  return shown(state.ledger.entries());
}

/** GET /_emulator/faults: the faults that still wait. */
export function waitingFaults(_http: HttpRequest, state: EmulatorState): HttpResponse {
  const waiting = state.faults.waiting();
  return shown(
    waiting.map(({ request, left }) => ({ ...request, left: Number.isFinite(left) ? left : 'always' })),
  );
}

/** POST /_emulator/faults: one fault or a list of them. */
export function addFaults(http: HttpRequest, state: EmulatorState): HttpResponse {
  return doAsAsked(http, (given) => {
    for (const one of listOf(given)) state.faults.add(one);
    return nothing;
  });
}

/** GET /_emulator/graph: the responses of Graph's that somebody gave. */
export function graphResponses(_http: HttpRequest, state: EmulatorState): HttpResponse {
  return shown(state.graphResponses.entries());
}

/** POST /_emulator/graph {"/me/events": …}: responses of Graph's by path, null for one without a body. */
export function addGraphResponses(http: HttpRequest, state: EmulatorState): HttpResponse {
  return doAsAsked(http, (given) => {
    const responses = z.record(z.string().regex(/^([A-Z]+ )?\//), z.unknown()).parse(given);
    for (const [call, body] of Object.entries(responses)) state.graphResponses.set(call, body);
    return nothing;
  });
}

/** DELETE /_emulator/graph: back to the responses of the seed. */
export function clearGraphResponses(_http: HttpRequest, state: EmulatorState): HttpResponse {
  state.graphResponses.clear();
  return nothing;
}

/** POST /_emulator/faults/preset: from the picker's menu, and back to where it was. */
export function addPreset(http: HttpRequest, state: EmulatorState): HttpResponse {
  const preset = FAULT_PRESETS.find((one) => one.id === http.body.preset);
  if (preset === undefined) return wrong('there is no such preset');
  state.faults.add(preset.request);
  return redirectResponse(localPath(http.query.return ?? '/'));
}

/** Only a path of the emulator itself: `//host` and `/\host` would lead away. */
function localPath(path: string): string {
  return /^\/(?![/\\])[^\\\r\n]*$/.test(path) ? path : '/';
}

/** POST /_emulator/faults/clear: from the picker, and back to where it was. */
export function clearFaultsAndReturn(http: HttpRequest, state: EmulatorState): HttpResponse {
  state.faults.clear();
  return redirectResponse(localPath(http.query.return ?? '/'));
}

/** DELETE /_emulator/faults: nothing goes wrong any more. */
export function clearFaults(_http: HttpRequest, state: EmulatorState): HttpResponse {
  state.faults.clear();
  return nothing;
}

/** POST /_emulator/reset: back to the start. */
export function reset(_http: HttpRequest, state: EmulatorState): HttpResponse {
  resetEmulatorState(state);
  return nothing;
}

/** POST /_emulator/revoke {"username"}: that person's tokens made before now are revoked. */
export function revoke(http: HttpRequest, state: EmulatorState): HttpResponse {
  const username = usernameIn(http);
  const account = accountByUsername(username, state.accounts);
  if (account === undefined) return wrong('there is no account with that username');
  state.validFrom.set(account.objectId, state.now() + 1);
  return nothing;
}

function usernameIn(http: HttpRequest): string {
  if (http.body.username !== undefined) return http.body.username;
  try {
    return z.object({ username: z.string() }).parse(JSON.parse(http.bodyText)).username;
  } catch {
    return '';
  }
}

/** POST /_emulator/rotate-keys: a new signing key for work accounts; the old one stays published. */
export function rotateKeys(_http: HttpRequest, state: EmulatorState): HttpResponse {
  const made = state.keys.rotate('work');
  return shown({ kid: made.kid });
}
