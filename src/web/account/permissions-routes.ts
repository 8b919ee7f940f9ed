import { type Request, Router } from 'express';
import { sendPage } from '../../http/index.ts';
import { accessTokensIn, missingScopes, readGranted } from '../../identity/index.ts';
import { forSignedIn, type SessionRouteSettings, type SignedInHandler } from '../../sign-in/index.ts';
import type { Frame } from '../layout/index.ts';
import type { AccountPages } from './account-pages.ts';

interface PermissionsRouteSettings extends SessionRouteSettings {
  /** The delegated scopes that the app asks for. */
  scopes: readonly string[];
  pages: Pick<AccountPages, 'permissions'>;
  frameOf: (request: Request) => Frame;
}

/** What the app asked for and what it got: of the tokens, only that. */
export function permissionsRoutes(settings: PermissionsRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/permissions', forSignedIn(settings, permissionsPage(settings)));
  return router;
}

function permissionsPage({
  scopes: asked,
  sessions,
  pages,
  frameOf,
}: PermissionsRouteSettings): SignedInHandler {
  return async (request, response, session) => {
    const { text } = await sessions.readTokens(session);
    const { scopes: granted, expiresAt } = readGranted(accessTokensIn(text));
    const html = pages.permissions(frameOf(request), {
      asked,
      granted,
      missing: missingScopes(asked, granted),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    sendPage(response, html);
  };
}
