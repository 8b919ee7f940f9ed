import { parse, type SerializeOptions, serialize } from 'cookie';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { isCausedElsewhere } from '../../http/index.ts';
import { type CookiePlace, cookieNameAt } from '../../public-address.ts';
import { leaveOutCookie } from '../../set-cookie.ts';

/** In this browser, or in every one. */
export type Left = 'here' | 'everywhere';

/** Knows for some minutes that somebody signed out: the address that they come back to is everybody's home page. */
export interface Farewell {
  /** Before what signs people out. */
  remember: RequestHandler;
  /** Behind it, for a sign-out that failed: nobody has left. */
  forget: ErrorRequestHandler;
  /** Where somebody just signed out, in this browser or in every one; it is said once. Undefined where nobody has. */
  take(request: Request, response: Response): Left | undefined;
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
        response.append(
          'Set-Cookie',
          serialize(name, leftBy(request), { ...options, maxAge: TEN_MINUTES_SECONDS }),
        );
      next();
    },
    forget(error, _request, response, next) {
      leaveOutCookie(response, name);
      next(error);
    },
    take(request, response) {
      const left = parse(request.headers.cookie ?? '')[name];
      if (left === undefined) return undefined;
      response.append('Set-Cookie', serialize(name, '', { ...options, maxAge: 0 }));
      return left === 'everywhere' ? left : 'here';
    },
  };
}

function leftBy({ path }: Request): Left {
  return path === '/everywhere' ? 'everywhere' : 'here';
}
