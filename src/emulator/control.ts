import { z } from 'zod';
import { accountByUsername } from './accounts.ts';
import { type Answer, jsonAnswer, NO_STORE, redirectAnswer } from './answer.ts';
import type { Asked } from './asked.ts';
import { FAULT_PRESETS } from './fault-presets.ts';
import { resetWorld, type World } from './world.ts';

const nothing: Answer = { status: 204, headers: NO_STORE, body: '' };
const wrong = (message: string): Answer => jsonAnswer(400, { error: message }, NO_STORE);

/** GET /_emulator/ledger: every request received, the oldest first. */
export function ledger(_asked: Asked, world: World): Answer {
  return jsonAnswer(200, world.ledger.entries(), NO_STORE);
}

/** GET /_emulator/accounts: who one can be. */
export function accounts(_asked: Asked, world: World): Answer {
  return jsonAnswer(200, world.accounts, NO_STORE);
}

/** GET /_emulator/faults: the faults that still wait. */
export function waitingFaults(_asked: Asked, world: World): Answer {
  const waiting = world.faults.waiting();
  return jsonAnswer(
    200,
    waiting.map(({ request, left }) => ({ ...request, left: Number.isFinite(left) ? left : 'always' })),
    NO_STORE,
  );
}

/** POST /_emulator/faults: one fault or a list of them. */
export function addFaults(asked: Asked, world: World): Answer {
  try {
    const given: unknown = JSON.parse(asked.bodyText);
    for (const one of Array.isArray(given) ? given : [given]) world.faults.add(one);
    return nothing;
  } catch (error) {
    if (error instanceof z.ZodError) return wrong(z.prettifyError(error));
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/** POST /_emulator/faults/preset: from the picker's menu, and back to where it was. */
export function addPreset(asked: Asked, world: World): Answer {
  const preset = FAULT_PRESETS.find((one) => one.id === asked.body.preset);
  if (preset === undefined) return wrong('there is no such preset');
  world.faults.add(preset.request);
  return redirectAnswer(localPath(asked.query.return ?? '/'));
}

/** Only a path of the stand-in itself: `//host` and `/\host` would lead away. */
function localPath(path: string): string {
  return /^\/(?![/\\])[^\\\r\n]*$/.test(path) ? path : '/';
}

/** POST /_emulator/faults/clear: from the picker, and back to where it was. */
export function clearFaultsAndReturn(asked: Asked, world: World): Answer {
  world.faults.clear();
  return redirectAnswer(localPath(asked.query.return ?? '/'));
}

/** DELETE /_emulator/faults: nothing goes wrong any more. */
export function clearFaults(_asked: Asked, world: World): Answer {
  world.faults.clear();
  return nothing;
}

/** POST /_emulator/reset: back to the start. */
export function reset(_asked: Asked, world: World): Answer {
  resetWorld(world);
  return nothing;
}

/** POST /_emulator/revoke {"username"}: that person's tokens made before now are revoked. */
export function revoke(asked: Asked, world: World): Answer {
  const username = usernameIn(asked);
  const account = accountByUsername(username, world.accounts);
  if (account === undefined) return wrong('there is no account with that username');
  world.validFrom.set(account.objectId, world.now() + 1);
  return nothing;
}

function usernameIn(asked: Asked): string {
  if (asked.body.username !== undefined) return asked.body.username;
  try {
    return z.object({ username: z.string() }).parse(JSON.parse(asked.bodyText)).username;
  } catch {
    return '';
  }
}

/** POST /_emulator/rotate-keys: a new signing key for work accounts; the old one stays published. */
export function rotateKeys(_asked: Asked, world: World): Answer {
  const made = world.keys.rotate('work');
  return jsonAnswer(200, { kid: made.kid }, NO_STORE);
}
