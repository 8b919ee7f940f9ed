import { type Request, Router } from 'express';
import { onlyOwn, redirect, sendPage } from '../../http/index.ts';
import { type OwnSession, requiresSignIn } from '../../library/sign-in.ts';
import { type Frame, PATHS } from '../layout/index.ts';
import type { SessionPages } from './session-pages.ts';

interface SessionRouteSettings {
  pages: SessionPages;
  frameOf: (request: Request) => Frame;
  /** Origin of the app's public address. */
  origin: string;
}

/** Where people are signed in to this app, and how they end that elsewhere. */
export function sessionRoutes({ pages, frameOf, origin }: SessionRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const [own, signedIn] = [onlyOwn(origin, 'Another site may not end sessions.'), requiresSignIn()];
  router.get(PATHS.sessions, signedIn, async (request, response) => {
    sendPage(response, pages.sessions(frameOf(request), await request.entra.sessions()));
  });
  router.post(PATHS.endOtherSessions, own, signedIn, async (request, response) => {
    await end(request, ({ isThis }) => !isThis);
    redirect(response, PATHS.sessions);
  });
  router.post(PATHS.endSession, own, signedIn, async (request, response) => {
    await end(request, ({ key }) => key === request.params.key);
    redirect(response, PATHS.sessions);
  });
  return router;
}

/** Only the person's own are looked among, so a key of anybody else's names nothing. */
async function end(request: Request, isMeant: (session: OwnSession) => boolean): Promise<void> {
  const sessions = await request.entra.sessions();
  await Promise.all(sessions.filter(isMeant).map((session) => session.end()));
}
