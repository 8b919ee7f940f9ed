import { z } from 'zod';
import { AadstsError } from './aadsts.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import { deliver, destinationOf } from './authorization-answer.ts';
import { authorizationFields, readTarget } from './authorization-request.ts';
import { type FaultKind, type FaultScene, faultKind } from './fault.ts';
import { issuerOf } from './metadata.ts';

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
  faultKind('authorize-issuer', z.strictObject({}), () => ({
    change: (answer, scene) => withIssuer(answer, scene),
  })),
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
  if (parametersOf(answer)?.has('code') !== true) return undefined;
  return withParameters(answer, (found) => {
    for (const [name, value] of Object.entries(set)) found.set(name, value);
    for (const name of remove) found.delete(name);
  });
}

/**
 * Names the issuer in what goes to the app, a code or an error (RFC 9207, section 2): that of the person's tenant, and
 * where nobody is known, the authority's. Microsoft's documents do not say that the real platform does.
 */
function withIssuer(answer: Answer, { asked, world }: FaultScene): Answer | undefined {
  const parameters = parametersOf(answer);
  if (parameters?.has('code') !== true && parameters?.has('error') !== true) return undefined;
  const { authority } = readTarget(asked, world);
  const username = world.codes.get(parameters.get('code') ?? '')?.grant.username;
  const account = world.accounts.find((one) => one.username === username);
  const issuer = issuerOf(asked.origin, account?.tenantId ?? authority.tenant?.id);
  return withParameters(answer, (found) => found.set('iss', issuer));
}

/** Where the parameters of a redirect begin. */
const MARK = /[?#]/;

function parametersOf({ headers }: Answer): URLSearchParams | undefined {
  const mark = headers.Location?.search(MARK) ?? -1;
  return mark === -1 ? undefined : new URLSearchParams(headers.Location?.slice(mark + 1));
}

function withParameters(answer: Answer, change: (parameters: URLSearchParams) => void): Answer {
  const { Location: location = '', ...headers } = answer.headers;
  const parameters = parametersOf(answer) ?? new URLSearchParams();
  change(parameters);
  return redirectAnswer(`${location.slice(0, location.search(MARK) + 1)}${parameters}`, headers);
}
