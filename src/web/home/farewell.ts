import { parse, type SerializeOptions, serialize } from 'cookie';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { isCausedElsewhere } from '../../http/index.ts';
import { type CookiePlace, cookieNameAt } from '../../public-address.ts';
import { leaveOutCookie } from '../../set-cookie.ts';

/** Knows for some minutes that somebody signed out: the address that they come back to is everybody's home page. */
export interface Farewell {
  /** Before what signs people out. */
  remember: RequestHandler;
  /** Behind it, for a sign-out that failed: nobody has left. */
  forget: ErrorRequestHandler;
  /** Whether somebody just signed out in this browser; it is said once. */
  take(request: Request, response: Response): boolean;
}

/** Signing out at the identity platform takes a while. */
const TEN_MINUTES_SECONDS = 600;

/** @param origin of the app's public address */
export function createFarewell(place: CookiePlace, origin: string): Farewell {
  const name = cookieNameAt(place, 'signed_out');
  const options: SerializeOptions = { ...place, httpOnly: true, sameSite: 'lax' };
  return {
    remember(request, response, next) {
      if (!isCausedElsewhere(request, origin) && !request.path.startsWith('/frontchannel'))
        response.append('Set-Cookie', serialize(name, '1', { ...options, maxAge: TEN_MINUTES_SECONDS }));
      next();
    },
    forget(error, _request, response, next) {
      leaveOutCookie(response, name);
      next(error);
    },
    take(request, response) {
      if (parse(request.headers.cookie ?? '')[name] === undefined) return false;
      response.append('Set-Cookie', serialize(name, '', { ...options, maxAge: 0 }));
      return true;
    },
  };
}
