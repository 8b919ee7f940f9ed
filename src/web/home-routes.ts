import { serialize } from 'cookie';
import { type Request, Router } from 'express';
import type { Sessions } from '../sessions/sessions.ts';
import { isLanguage } from './language.ts';
import type { Frame, HomePage } from './page-models.ts';
import { redirect } from './redirect.ts';
import { safeReturnTo } from './return-to.ts';
import { singleParameters } from './sign-in-answer.ts';
import type { SignedIn } from './signed-in.ts';

export interface HomeRouteSettings {
  sessions: Sessions<SignedIn>;
  pages: { home(frame: Frame, model: HomePage): string };
  frameOf: (request: Request) => Frame;
  secure: boolean;
  redirectPath: string;
}

/** The cookie that remembers a chosen language; it holds nothing else. */
export const LANGUAGE_COOKIE = 'language';
const ONE_YEAR_SECONDS = 31_536_000;

/** The home page and the language switch. */
export function homeRoutes({ sessions, pages, frameOf, secure, redirectPath }: HomeRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/', (request, response) => {
    const session = sessions.of(request);
    const model: HomePage =
      session === undefined
        ? {}
        : { signedInAt: new Date(session.startedAtMs), tenantId: session.content.account.tenantId };
    response.type('html').send(pages.home(frameOf(request), model));
  });
  router.get('/language', (request, response) => {
    const { to, returnTo } = singleParameters(request.query);
    if (to !== undefined && isLanguage(to)) {
      const options = {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure,
        maxAge: ONE_YEAR_SECONDS,
      } as const;
      response.append('Set-Cookie', serialize(LANGUAGE_COOKIE, to, options));
    }
    redirect(response, safeReturnTo(returnTo, redirectPath));
  });
  return router;
}
