import { setTimeout as wait } from 'node:timers/promises';
import type { AppError } from '../../errors.ts';
import { createGraphCall, type GraphCall } from '../../graph/index.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import { asExpiredLink } from '../ending/index.ts';
import type { Messages } from '../messages/index.ts';
import { createPatience, type Patience } from './patience.ts';

interface PatientSurroundings {
  given: DaemonArguments;
  messages: Messages;
}

/** A patience as the command line wants it, which says what it waits for. */
export function createListingPatience({ given, messages }: PatientSurroundings): Patience {
  return createPatience({
    maxWaitMs: given.maxWait * 1_000,
    wait: (ms) => wait(ms),
    random: Math.random,
    onWait(waitMs: number, reason: AppError) {
      messages.progress.waiting(waitMs);
      messages.step(
        [`Waiting ${(waitMs / 1_000).toFixed(1)} s: ${reason.message}`, reason.explanation]
          .filter((part) => part !== undefined)
          .join(' '),
      );
    },
  });
}

/**
 * Calls of Graph for the pages of one list. The waiting is done here and not in the call, which has one deadline over
 * everything it does.
 * @param firstPath the only page that no link of Graph's leads to
 * @throws ExpiredLink where Graph has forgotten its own link
 */
export function createPatientCall(around: PatientSurroundings, origin: string, firstPath: string): GraphCall {
  const { given, messages } = around;
  const patience = createListingPatience(around);
  const call = createGraphCall({
    endpoint: origin,
    timeoutMs: given.timeout * 1_000,
    maxWaitMs: 0,
    onCall: ({ status, durationMs }) =>
      messages.step(`Microsoft Graph answered ${status || 'nothing'} in ${Math.round(durationMs)} ms.`),
  });
  return (token, request) =>
    patience(() => call(token, request)).catch((error: unknown) => {
      throw request.path === firstPath ? error : asExpiredLink(error);
    });
}
