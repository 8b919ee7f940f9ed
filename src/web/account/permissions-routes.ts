import { type Request, Router } from 'express';
import { sendPage } from '../../http/index.ts';
import { requiresSignIn } from '../../library/sign-in.ts';
import { type Frame, PATHS } from '../layout/index.ts';
import type { AccountPages } from './account-pages.ts';

interface PermissionsRouteSettings {
  pages: Pick<AccountPages, 'permissions'>;
  frameOf: (request: Request) => Frame;
}

/** What the app asked for and what it got. */
export function permissionsRoutes({ pages, frameOf }: PermissionsRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATHS.account, requiresSignIn(), async (request, response) => {
    const { expiresAt, ...scopes } = await request.entra.granted();
    const startedAt = request.entra.session?.startedAt;
    const model = {
      ...scopes,
      roles: request.entra.roles,
      ...(startedAt === undefined ? {} : { signedInAt: startedAt }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    sendPage(response, pages.permissions(frameOf(request), model));
  });
  return router;
}
