import type { RequestListener } from 'node:http';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';

/** A line each is more than there is time for: one when it begins, and then one each so often. */
const TELL_EVERY_MS = 10_000;

/** Tells the log of requests that are turned away. */
export function tellingOf(
  answer: (request: Request, response: Response) => void,
  logger: Logger,
  onTurnedAway: () => void = () => undefined,
) {
  let count = 0;
  let telling: NodeJS.Timeout | undefined;
  /** Tells of those since the last line, at the end of the process. */
  const tellRest = (): void => {
    clearTimeout(telling);
    telling = undefined;
    if (count > 0) logger.warn({ turnedAway: count }, 'requests were turned away with 503: too many at once');
    count = 0;
  };
  // Node calls it with messages of the Express app's own classes
  const refuse: RequestListener = (request, response) => {
    if (telling === undefined) {
      logger.warn('More requests come than this process can answer: some are turned away with 503.');
      telling = setTimeout(tellRest, TELL_EVERY_MS);
      telling.unref();
    }
    count += 1;
    onTurnedAway();
    answer(request as Request, response as Response);
  };
  return { refuse, tellRest };
}
