import { type RequestHandler, Router } from 'express';
import { isLanguage } from '../../failures/index.ts';
import { onlyOpened, redirect, safeReturnTo, singleParameters } from '../../http/index.ts';
import type { CookiePlace } from '../../public-address.ts';
import { isAppearance } from './appearance.ts';
import { PATHS } from './paths.ts';
import { preferenceCookie } from './preference-cookie.ts';

interface PreferenceRouteSettings {
  place: CookiePlace;
  redirectPath: string;
  basePath: string;
}

/** The switches for language and appearance: plain links, which work without scripts. */
export function preferenceRoutes(settings: PreferenceRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATHS.language, onlyOpened, remember(settings, 'language', isLanguage));
  router.get(PATHS.appearance, onlyOpened, remember(settings, 'appearance', isAppearance));
  return router;
}

function remember(
  { place, ...own }: PreferenceRouteSettings,
  name: 'language' | 'appearance',
  isChoice: (text: string) => boolean,
): RequestHandler {
  const cookie = preferenceCookie(name, place);
  return (request, response) => {
    const { to, returnTo } = singleParameters(request.query);
    if (to !== undefined && isChoice(to))
      response.append('Set-Cookie', cookie.remember(to, request.headers.cookie));
    redirect(response, safeReturnTo(returnTo, own));
  };
}
