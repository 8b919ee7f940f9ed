import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** A handler that passes its failure on by itself: Express does so from version 5 on only. */
export function settled(
  handle: (request: Request, response: Response, next: NextFunction) => Promise<void>,
): RequestHandler {
  return (request, response, next) => {
    handle(request, response, next).catch(next);
  };
}
