import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { RequestError } from '../errors.ts';
import { clientKeys, type TrustedProxies } from './client-address.ts';

const MINUTE_MS = 60_000;

/**
 * Limits sign-in starts and callbacks by client address, which is the connection's unless TRUST_PROXY says whom to
 * believe. Counted in each process.
 * @param perMinute 0 turns it off
 */
export function signInRateLimit(perMinute: number, trusted: TrustedProxies): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  return limited(perMinute, 'Too many sign-ins from this address.', clientKeys(trusted));
}

/** Limits what one session asks for. Counted in each process. @param keyOf tells one session from another */
export function sessionRateLimit(perMinute: number, keyOf: (request: Request) => string): RequestHandler {
  return limited(perMinute, 'Too many requests of this session.', keyOf);
}

function limited(perMinute: number, problem: string, keyOf: (request: Request) => string): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    keyGenerator: keyOf,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false, // it would warn of forwarding headers from untrusted peers, which are ignored on purpose
    handler: (request, _response, next) => {
      const resetMs = resetTimeOf(request) - Date.now();
      next(
        new RequestError('too_many_requests', 429, problem, {
          retryAfterSeconds: Math.max(1, Math.ceil(resetMs / 1000)),
        }),
      );
    },
  });
}

function resetTimeOf(request: object): number {
  const info: unknown = 'rateLimit' in request ? request.rateLimit : undefined;
  const time = typeof info === 'object' && info !== null && 'resetTime' in info ? info.resetTime : undefined;
  return time instanceof Date ? time.getTime() : Date.now() + MINUTE_MS;
}
