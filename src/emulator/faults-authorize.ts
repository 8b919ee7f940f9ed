import { z } from 'zod';
import { AadstsError } from './aadsts.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import { deliver, destinationOf } from './authorization-answer.ts';
import { authorizationFields, readTarget } from './authorization-request.ts';
import { type FaultKind, type FaultScene, faultKind } from './fault.ts';

const parameters = z.record(z.string(), z.string());

/** Faults of what the authorization endpoint sends to the app. */
export const AUTHORIZE_FAULTS: readonly FaultKind[] = [
  faultKind(
    'authorize-error',
    z.strictObject({
      error: z.string(),
      error_description: z.string().optional(),
      error_uri: z.string().optional(),
      set: parameters.default({}),
    }),
    ({ set, ...named }) => ({
      replace: (scene) => sendError(scene, { ...named, ...set }),
    }),
  ),
  faultKind(
    'authorize-tamper',
    z.strictObject({ set: parameters.default({}), remove: z.array(z.string()).default([]) }),
    ({ set, remove }) => ({ change: (answer) => tampered(answer, set, remove) }),
  ),
];

/** Only a request whose redirect URI is good gets an error at the app; another gets the page it would have got. */
function sendError(
  { asked, world }: FaultScene,
  error: Readonly<Record<string, string | undefined>>,
): Answer | undefined {
  try {
    const target = readTarget(asked, world);
    const state = authorizationFields(asked).state;
    return deliver(destinationOf(target), Object.entries({ state, ...error }));
  } catch (refused) {
    if (refused instanceof AadstsError) return undefined;
    throw refused;
  }
}

/** Changes the parameters of an answer that carries a code; a page on the way there is left alone. */
function tampered(
  answer: Answer,
  set: Readonly<Record<string, string>>,
  remove: readonly string[],
): Answer | undefined {
  const location = answer.headers.Location;
  if (location === undefined || !/[?&#]code=/.test(location)) return undefined;
  const mark = location.search(/[?#]/);
  const found = new URLSearchParams(location.slice(mark + 1));
  for (const [name, value] of Object.entries(set)) found.set(name, value);
  for (const name of remove) found.delete(name);
  const { Location: _old, ...headers } = answer.headers;
  return redirectAnswer(`${location.slice(0, mark + 1)}${found}`, headers);
}
