import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { ConfigurationError, InteractionRequiredError, SignInError } from '../errors.ts';
import { redirect, rememberBasePath, settled, signInRateLimit } from '../http/index.ts';
import { basePathOf } from '../public-address.ts';
import { addSignInRoutes } from './authorization/index.ts';
import { createGroupReader } from './group-overage.ts';
import { identityOriginOf } from './identity-origin.ts';
import type { EntraOptions, EntraSettings } from './options/index.ts';
import { type Ground, partsOf, type SignInParts } from './parts.ts';
import { attachEntra, stateOf } from './request-entra.ts';
import { addSignOutRoutes } from './sign-out-routes.ts';

/** Middleware in order: who sent the request, what it knows of its person, and what belongs to the sign-in. */
export function buildSignIn(
  settings: Pick<EntraSettings, 'config' | 'loginPath' | 'logoutPath'>,
  options: EntraOptions,
  ground: Ground,
): Router {
  const { config, loginPath, logoutPath } = settings;
  const parts = partsOf(settings, options, ground);
  const router = Router({ caseSensitive: true, strict: true });
  // First, so that a store that does not answer is a failure like others.
  router.use(attachTo(parts));
  router.use(parts.sessions.middleware);
  router.use(knowingTheSender(parts, options));
  addSignInRoutes(router, {
    ...parts,
    loginPath,
    limit: signInRateLimit(config.rateLimitPerMinute, config.trustProxy),
    allowedDomainHints: config.allowedDomainHints,
    consentGiven: options.consentGiven ?? ((_request, response) => redirect(response, '/')),
  });
  addSignOutRoutes(router, {
    ...parts,
    logoutPath,
    identityOrigin: identityOriginOf(config),
  });
  router.use(shownInsteadOfRepeated);
  return router;
}

function attachTo(parts: SignInParts): RequestHandler {
  const basePath = basePathOf(parts.baseUrl);
  return (request, response, next) => {
    rememberBasePath(request, basePath);
    requireNoTwin(request, parts);
    attachEntra(request, response, { parts });
    next();
  };
}

function knowingTheSender(parts: SignInParts, { groups }: EntraOptions): RequestHandler {
  const readGroups = groups === 'resolve-overage' ? createGroupReader(parts) : undefined;
  return settled(async (request, _response, next) => {
    const state = stateOf(request);
    const sender = parts.sessions.of(request)?.content.account;
    if (state !== undefined && sender !== undefined) {
      const resolvedGroups = await readGroups?.(request);
      Object.assign(state, { sender, readGroups, resolvedGroups });
    }
    next();
  });
}

/** @throws ConfigurationError where another `entra()` that came before has the same cookies or the same address */
function requireNoTwin(request: Request, parts: SignInParts): void {
  const other = stateOf(request)?.parts;
  if (other === undefined || other === parts) return;
  const isTwin =
    other.name === parts.name || addressesOf(other).some((one) => addressesOf(parts).includes(one));
  if (isTwin)
    throw new ConfigurationError([
      'each entra() of an app needs its own name, redirectPath, loginPath and logoutPath',
    ]);
}

function addressesOf({ baseUrl, loginPath, logoutPath, redirectPath }: SignInParts): string[] {
  return [loginPath, logoutPath, redirectPath].map((path) => `${baseUrl}${path}`.toLowerCase());
}

/** A sign-in that the platform refused is shown: begun again by itself, it could be refused for ever. */
const shownInsteadOfRepeated: ErrorRequestHandler = (error, _request, _response, next) => {
  if (!(error instanceof InteractionRequiredError)) {
    next(error);
    return;
  }
  const { message, detail, upstream } = error;
  next(new SignInError('interaction_required', 401, message, { detail, upstream }));
};
