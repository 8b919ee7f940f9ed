import { errorTime } from '../aadsts/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { deliver, destinationOf } from './authorization-response.ts';
import type { Visit } from './visit.ts';

/** What a user flow of B2C tells the app, by its number (wire reference I). */
const REFUSALS = {
  90077: {
    error: 'interaction_required',
    text: "User does not have an existing session and request prompt parameter has a value of 'None'.",
  },
  90091: { error: 'access_denied', text: 'The user has cancelled entering self-asserted information.' },
  90118: { error: 'access_denied', text: 'The user has forgotten their password.' },
} as const;

/** Sends an error of a user flow: without a trace id, and without an address that explains it. */
export function deliverUserFlowError(code: keyof typeof REFUSALS, here: Visit): HttpResponse {
  const { http, request, world } = here;
  const { error, text } = REFUSALS[code];
  const lines = [
    `AADB2C${code}: ${text}`,
    `Correlation ID: ${http.correlationId}`,
    `Timestamp: ${errorTime(world.now())}`,
  ];
  return deliver(destinationOf(request), [
    ['error', error],
    ['error_description', lines.join('\r\n')],
    ['state', request.state],
  ]);
}
