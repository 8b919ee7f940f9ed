import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { inTime } from '../../deadline.ts';
import { UpstreamError } from '../../errors.ts';
import { EXIT } from '../../exit-status.ts';
import { retrying } from '../../retrying.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import { exitStatusOf } from '../ending/index.ts';
import type { Messages } from '../messages/index.ts';
import type { Source } from '../parameters/index.ts';
import type { AppTokens } from '../tokens/index.ts';
import { listenForConsent } from './consent-listener.ts';

interface ConsentSurroundings {
  given: DaemonArguments;
  source: Source;
  tokens: AppTokens;
  messages: Messages;
  /** Once users were written, nothing may start again. */
  hasWritten: () => boolean;
}

/** So long an administrator may take, in milliseconds. */
const PATIENCE_WITH_PEOPLE_MS = 15 * 60_000;
/** A permission may be a while on its way into new tokens. */
const FIRST_PAUSE_MS = 1_000;

/**
 * Does something that may lack a permission. Where it does, and the token is of an earlier run, once more with a new
 * one; and where it still does and the command line says so, once more after an administrator consented.
 */
export function withConsent<T>(around: ConsentSurroundings, attempt: () => Promise<T>): Promise<T> {
  const { given, tokens } = around;
  const isMissing = (error: unknown) => exitStatusOf(error) === EXIT.forbidden && !around.hasWritten();
  const renewed = async () => {
    await tokens.token({ forceRefresh: true });
    return attempt();
  };
  return attempt()
    .catch((error: unknown) => {
      if (!isMissing(error) || !tokens.isFromEarlierRun()) throw error;
      return renewed();
    })
    .catch(async (error: unknown) => {
      if (!isMissing(error) || !given.waitForConsent) throw error;
      await waitForConsent(around);
      return retrying(renewed, {
        maxWaitMs: given.maxWait * 1_000,
        waitMsAfter: (outcome, { retry }) =>
          'error' in outcome && isMissing(outcome.error) ? FIRST_PAUSE_MS * 2 ** retry : undefined,
        wait: (ms) => wait(ms),
      });
    });
}

async function waitForConsent({ given, source, messages }: ConsentSurroundings): Promise<void> {
  const state = randomBytes(24).toString('base64url');
  const listener = await listenForConsent(given.consentPort, state);
  const url = source.consentUrl({ redirectUri: listener.redirectUri, state });
  messages.error(`A permission is missing. Waiting until an administrator has consented here:\n${url}`);
  const tooLate = () =>
    new UpstreamError('admin_consent_required', 403, 'No administrator consented in time.');
  await inTime(listener.granted, PATIENCE_WITH_PEOPLE_MS, tooLate).finally(() => listener.close());
  messages.note('An administrator consented.');
}
