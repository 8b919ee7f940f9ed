import { z } from 'zod';
import { FAULT_PRESETS } from '../faults/index.ts';
import { type HttpRequest, type HttpResponse, redirectResponse } from '../http/index.ts';
import {
  type AccountInput,
  accountByUsername,
  type RegistrationInput,
  type SeedInput,
} from '../registry/index.ts';
import { type AccessTokenRequest, madeAccessToken } from './access-token.ts';
import { putAccount, removeAccount } from './accounts.ts';
import { doAsAsked, listOf, nothing, reasonOf, shown, wrong } from './control-response.ts';
import { type EmulatorState, resetEmulatorState } from './emulator-state.ts';
import { putRegistration, removeRegistration } from './registrations.ts';
import { registrationInput, seedFrom } from './seed-export.ts';
import { putSeed } from './seed-import.ts';

type Control = (http: HttpRequest, state: EmulatorState) => HttpResponse;
type Controls = Partial<Record<'GET' | 'POST' | 'DELETE', Control>>;

const clock: Control = (_http, { now }) => shown({ now: new Date(now()).toISOString() });

const clockForm = z.union([
  z.strictObject({ advance: z.record(z.string(), z.number()) }),
  z.strictObject({ set: z.union([z.string(), z.number()]) }),
]);
const responsesForm = z.record(z.string().regex(/^([A-Z]+ )?\//), z.unknown());

/** What one can see and change of an emulator over HTTP, by path and method; docs/emulator.md tells more. */
export const CONTROL_PATHS: Readonly<Record<`/_emulator/${string}`, Controls>> = {
  /** Every request received, the oldest first. */
  '/_emulator/ledger': { GET: (_http, { ledger }) => shown(ledger.entries()) },
  /** Who one can be; puts in or changes one account or a list of them, written as in a seed. */
  '/_emulator/accounts': {
    GET: (_http, { accounts }) => shown(accounts),
    POST: (http, state) =>
      doAsAsked(http, (given) => shown(listOf(given).map((one) => putAccount(one as AccountInput, state)))),
  },
  '/_emulator/accounts/{id}': {
    DELETE: (http, state) => unlessThereIsNone(() => removeAccount(http.id, state)),
  },
  /** The apps and APIs, as a seed writes them; puts in or changes one or a list of them. */
  '/_emulator/registrations': {
    GET: (_http, { registrations }) => shown(registrations.map(registrationInput)),
    POST: (http, state) =>
      doAsAsked(http, (given) =>
        shown(
          listOf(given).map((one) => registrationInput(putRegistration(one as RegistrationInput, state))),
        ),
      ),
  },
  '/_emulator/registrations/{id}': {
    DELETE: (http, state) => unlessThereIsNone(() => removeRegistration(http.id, state)),
  },
  /** What there is besides what is built in, as a seed; puts in what a seed holds. */
  '/_emulator/state': {
    GET: (_http, state) => shown(seedFrom(state)),
    POST: (http, state) =>
      doAsAsked(http, (given) => {
        putSeed(given as SeedInput, state);
        return nothing;
      }),
  },
  /** An access token without any sign-in. */
  '/_emulator/tokens': {
    POST: (http, state) =>
      doAsAsked(http, (given) => {
        const { token, expiresInSeconds } = madeAccessToken(given as AccessTokenRequest, http.origin, state);
        return shown({ token_type: 'Bearer', expires_in: expiresInSeconds, access_token: token });
      }),
  },
  /** What time it is here; {"advance": {"minutes": 61}} or {"set": "2030-01-01T00:00:00Z"}. */
  '/_emulator/clock': {
    GET: clock,
    POST: (http, state) =>
      doAsAsked(http, (given) => {
        const asked = clockForm.parse(given);
        if ('set' in asked) state.clock.set(asked.set);
        else state.clock.advance(asked.advance);
        return clock(http, state);
      }),
  },
  /** Responses of Graph's by path, {"/me/events": …}, null for one without a body; back to those of the seed. */
  '/_emulator/graph': {
    GET: (_http, { graphResponses }) => shown(graphResponses.entries()),
    POST: (http, { graphResponses }) =>
      doAsAsked(http, (given) => {
        for (const [call, body] of Object.entries(responsesForm.parse(given))) graphResponses.set(call, body);
        return nothing;
      }),
    DELETE: (_http, { graphResponses }) => done(() => graphResponses.clear()),
  },
  /** The faults that still wait; one fault or a list of them; nothing goes wrong any more. */
  '/_emulator/faults': {
    GET: (_http, { faults }) =>
      shown(
        faults
          .waiting()
          .map(({ request, left }) => ({ ...request, left: Number.isFinite(left) ? left : 'always' })),
      ),
    POST: (http, { faults }) =>
      doAsAsked(http, (given) => {
        for (const one of listOf(given)) faults.add(one);
        return nothing;
      }),
    DELETE: (_http, { faults }) => done(() => faults.clear()),
  },
  /** From the picker's menu, and back to where it was. */
  '/_emulator/faults/preset': {
    POST(http, { faults }) {
      const preset = FAULT_PRESETS.find((one) => one.id === http.body.preset);
      if (preset === undefined) return wrong('there is no such preset');
      faults.add(preset.request);
      return wayBack(http);
    },
  },
  '/_emulator/faults/clear': {
    POST(http, { faults }) {
      faults.clear();
      return wayBack(http);
    },
  },
  /** Back to the start. */
  '/_emulator/reset': { POST: (_http, state) => done(() => resetEmulatorState(state)) },
  /** {"username"}: that person's tokens made before now are revoked. */
  '/_emulator/revoke': {
    POST(http, state) {
      const account = accountByUsername(usernameIn(http), state.accounts);
      if (account === undefined) return wrong('there is no account with that username');
      state.validFrom.set(account.objectId, state.now() + 1);
      return nothing;
    },
  },
  /** A new signing key for work accounts; the old one stays published. */
  '/_emulator/rotate-keys': { POST: (_http, { keys }) => shown({ kid: keys.rotate('work').kid }) },
};

function done(act: () => void): HttpResponse {
  act();
  return nothing;
}

function unlessThereIsNone(remove: () => void): HttpResponse {
  try {
    return done(remove);
  } catch (error) {
    return { ...wrong(reasonOf(error)), status: 404 };
  }
}

/** Only to a path of the emulator itself: `//host` and `/\host` would lead away. */
function wayBack({ query: { return: path = '/' } }: HttpRequest): HttpResponse {
  return redirectResponse(/^\/(?![/\\])[^\\\r\n]*$/.test(path) ? path : '/');
}

function usernameIn(http: HttpRequest): string {
  if (http.body.username !== undefined) return http.body.username;
  try {
    return z.object({ username: z.string() }).parse(JSON.parse(http.bodyText)).username;
  } catch {
    return '';
  }
}
