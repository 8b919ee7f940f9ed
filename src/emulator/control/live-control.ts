import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import type { AccountInput, RegistrationInput, SeedInput } from '../registry/index.ts';
import { type AccessTokenRequest, madeAccessToken } from './access-token.ts';
import { putAccount, removeAccount } from './accounts.ts';
import { doAsAsked, listOf, nothing, reasonOf, shown, wrong } from './control-response.ts';
import type { EmulatorState } from './emulator-state.ts';
import { putRegistration, removeRegistration } from './registrations.ts';
import { registrationInput, seedFrom } from './seed-export.ts';
import { putSeed } from './seed-import.ts';

/** GET /_emulator/accounts: who one can be. */
export function accounts(_http: HttpRequest, state: EmulatorState): HttpResponse {
  return shown(state.accounts);
}

/** POST /_emulator/accounts: puts in or changes one account or a list of them, written as in a seed. */
export function addAccounts(http: HttpRequest, state: EmulatorState): HttpResponse {
  return doAsAsked(http, (given) =>
    shown(listOf(given).map((one) => putAccount(one as AccountInput, state))),
  );
}

/** DELETE /_emulator/accounts/{username} */
export function deleteAccount(http: HttpRequest, state: EmulatorState): HttpResponse {
  return unlessThereIsNone(() => removeAccount(http.id, state));
}

/** GET /_emulator/registrations: the apps and APIs, as a seed writes them. */
export function registrations(_http: HttpRequest, state: EmulatorState): HttpResponse {
  return shown(state.registrations.map(registrationInput));
}

/** POST /_emulator/registrations: puts in or changes one registration or a list of them, written as in a seed. */
export function addRegistrations(http: HttpRequest, state: EmulatorState): HttpResponse {
  return doAsAsked(http, (given) =>
    shown(listOf(given).map((one) => registrationInput(putRegistration(one as RegistrationInput, state)))),
  );
}

/** DELETE /_emulator/registrations/{client id} */
export function deleteRegistration(http: HttpRequest, state: EmulatorState): HttpResponse {
  return unlessThereIsNone(() => removeRegistration(http.id, state));
}

function unlessThereIsNone(remove: () => void): HttpResponse {
  try {
    remove();
    return nothing;
  } catch (error) {
    return { ...wrong(reasonOf(error)), status: 404 };
  }
}

/** GET /_emulator/state: what this emulator has besides what is built in, as a seed. */
export function state(_http: HttpRequest, world: EmulatorState): HttpResponse {
  return shown(seedFrom(world));
}

/** POST /_emulator/state: puts in what a seed holds. */
export function addState(http: HttpRequest, world: EmulatorState): HttpResponse {
  return doAsAsked(http, (given) => {
    putSeed(given as SeedInput, world);
    return nothing;
  });
}

/** POST /_emulator/tokens: an access token without any sign-in, as docs/emulator.md tells. */
export function makeToken(http: HttpRequest, world: EmulatorState): HttpResponse {
  return doAsAsked(http, (given) => {
    const { token, expiresInSeconds } = madeAccessToken(given as AccessTokenRequest, http.origin, world);
    return shown({ token_type: 'Bearer', expires_in: expiresInSeconds, access_token: token });
  });
}

/** GET /_emulator/clock: what time it is here. */
export function clock(_http: HttpRequest, { now }: EmulatorState): HttpResponse {
  return shown({ now: new Date(now()).toISOString() });
}

const clockForm = z.union([
  z.strictObject({ advance: z.record(z.string(), z.number()) }),
  z.strictObject({ set: z.union([z.string(), z.number()]) }),
]);

/** POST /_emulator/clock {"advance": {"minutes": 61}} or {"set": "2030-01-01T00:00:00Z"}. */
export function moveClock(http: HttpRequest, world: EmulatorState): HttpResponse {
  return doAsAsked(http, (given) => {
    const asked = clockForm.parse(given);
    if ('set' in asked) world.clock.set(asked.set);
    else world.clock.advance(asked.advance);
    return clock(http, world);
  });
}
