import type { RequestListener } from 'node:http';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';

/** A line each is more than there is time for: one when it begins, and then one each so often. */
const TELL_EVERY_MS = 10_000;

/**
 * Tells the log of requests that are turned away.
 * @returns what Node calls with messages of the Express app's own classes
 */
export function tellingOf(
  refuse: (request: Request, response: Response) => void,
  logger: Logger,
  onTurnedAway: () => void = () => undefined,
): RequestListener {
  let count = 0;
  let telling: NodeJS.Timeout | undefined;
  const tell = () => {
    telling = undefined;
    if (count > 0) logger.warn({ turnedAway: count }, 'requests were turned away with 503: too many at once');
    count = 0;
  };
  return (request, response) => {
    if (telling === undefined) {
      logger.warn('More requests come than this process can answer: some are turned away with 503.');
      telling = setTimeout(tell, TELL_EVERY_MS);
      telling.unref();
    }
    count += 1;
    onTurnedAway();
    refuse(request as Request, response as Response);
  };
}
