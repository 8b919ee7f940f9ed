import { type SerializeOptions, serialize } from 'cookie';
import { type RequestHandler, Router } from 'express';
import { isLanguage } from '../../failures/index.ts';
import { onlyOpened, redirect, safeReturnTo, singleParameters } from '../../http/index.ts';
import { isAppearance } from './appearance.ts';

export interface PreferenceRouteSettings {
  /** Whether the public address is https. */
  secure: boolean;
  redirectPath: string;
}

/** The cookies that remember what somebody chose; they hold nothing else. */
export const LANGUAGE_COOKIE = 'language';
export const APPEARANCE_COOKIE = 'appearance';
const ONE_YEAR_SECONDS = 31_536_000;

/** The switches for language and appearance: plain links, which work without scripts. */
export function preferenceRoutes(settings: PreferenceRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/language', onlyOpened, remember(settings, LANGUAGE_COOKIE, isLanguage));
  router.get('/appearance', onlyOpened, remember(settings, APPEARANCE_COOKIE, isAppearance));
  return router;
}

function remember(
  { secure, redirectPath }: PreferenceRouteSettings,
  cookie: string,
  isChoice: (text: string) => boolean,
): RequestHandler {
  const options: SerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: ONE_YEAR_SECONDS,
  };
  return (request, response) => {
    const { to, returnTo } = singleParameters(request.query);
    if (to !== undefined && isChoice(to)) response.append('Set-Cookie', serialize(cookie, to, options));
    redirect(response, safeReturnTo(returnTo, redirectPath));
  };
}
