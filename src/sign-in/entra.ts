import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { ConfigurationError, InteractionRequiredError, RequestError, SignInError } from '../errors.ts';
import {
  correlationIdOf,
  redirect,
  rememberBasePath,
  safeReturnTo,
  settled,
  signInRateLimit,
} from '../http/index.ts';
import { type ClientSettings, createCredential, createIdentity } from '../identity/index.ts';
import { basePathOf } from '../public-address.ts';
import type { SessionRecords } from '../sessions/index.ts';
import { openApis } from './apis.ts';
import { signInRoutes } from './authorization/index.ts';
import { type EntraOptions, type EntraSettings, readEntraSettings } from './entra-options.ts';
import { processEnvironment } from './environment.ts';
import { createTeller, SILENT } from './events.ts';
import { createGroupReader } from './group-overage.ts';
import { identityOriginOf } from './identity-origin.ts';
import { openStore } from './open-store.ts';
import type { SignInParts } from './parts.ts';
import { createAppSessions, createPersonTokens } from './person/index.ts';
import { attachEntra, type RequestEntra, type RequestState, stateOf } from './request-entra.ts';
import { signOutRoutes } from './sign-out-routes.ts';

declare global {
  namespace Express {
    interface Request {
      /** Who sent the request, and their tokens; from `entra()` or `protectApi()` on. */
      entra: RequestEntra;
    }
  }
}

/** The middleware that signs people in; it is also what has to be closed at the end. */
export interface Entra extends RequestHandler {
  /** Resolves when the store is open. @throws (as a rejection) what keeps it from opening */
  ready(): Promise<void>;
  /** Ends the store and its connections; sessions in it stay, but for those in memory. */
  close(): Promise<void>;
}

/** What is left of an `entra()` once its store is open. */
interface Opened {
  parts: SignInParts;
  middleware: RequestHandler;
  records: SessionRecords;
}

/**
 * Signs people in: adds `/login`, the redirect URI, `/logout` and front-channel sign-out, and `request.entra` to every
 * request that comes after. Reads the settings of docs/library.md from the options, or else the environment.
 * @throws ConfigurationError for wrong settings, with one line for each
 */
export function entra(options: EntraOptions = {}): Entra {
  const settings = readEntraSettings(options, processEnvironment());
  const identity = identityOf(settings, options);
  const opening = open(settings, options, identity);
  // Where nobody waits for `ready()`, the first request tells.
  opening.catch(() => undefined);

  const handle: RequestHandler = (request, response, next) => {
    opening.then(({ middleware }) => middleware(request, response, next)).catch(next);
  };
  return Object.assign(handle, {
    ready: async () => void (await opening),
    close: async () => {
      const { records } = await opening;
      await records.close();
    },
  });
}

function identityOf({ config }: EntraSettings, { logger = SILENT }: EntraOptions): ClientSettings {
  const now = Date.now;
  const onWarning = (sentence: string) => logger.warn({}, sentence);
  return createIdentity({
    ...config,
    credential: createCredential(config.credential, now, { onWarning }),
    redirectUri: `${config.baseUrl}${config.redirectPath}`,
    now,
  });
}

async function open(
  settings: EntraSettings,
  options: EntraOptions,
  identity: ClientSettings,
): Promise<Opened> {
  const { config, store, hasPassingSecret } = settings;
  const { logger = SILENT } = options;
  const warn = (sentence: string) => logger.warn({}, sentence);
  if (hasPassingSecret || store === 'memory') warn('sessions end with this process');
  const records = await openStore(store, config, warn);
  const parts = partsOf(settings, options, identity, records);
  return { parts, records, middleware: middlewareOf(settings, options, parts) };
}

function partsOf(
  { config, loginPath, logoutPath }: EntraSettings,
  options: EntraOptions,
  identity: ClientSettings,
  records: SessionRecords,
): SignInParts {
  const { logger = SILENT, name = 'entra', apis = {}, renderFailure } = options;
  const onEvent = createTeller(options.onEvent ?? (() => undefined), logger);
  const { now, redirectUri } = identity;
  const { baseUrl, redirectPath } = config;
  const actions = [loginPath, logoutPath, ...(options.neverReturnTo ?? [])];
  const basePath = basePathOf(baseUrl);
  const { sessions, pendingSignIns } = createAppSessions(config, identity, {
    records,
    now,
    cookiePrefix: `${name}-`,
    onRenewalFailed: () =>
      logger.warn({ reason: 'store_unavailable' }, 'the idle time of a session was not renewed'),
  });
  return {
    name,
    identity,
    sessions,
    pendingSignIns,
    tokens: createPersonTokens(identity, sessions, ({ content }, correlationId) => {
      const { objectId, tenantId } = content.account;
      onEvent({ type: 'renewed', correlationId, objectId, tenantId });
    }),
    apis: openApis(config.graphEndpoint, apis),
    redirectPath,
    redirectUri,
    baseUrl,
    returnTo: (target) => safeReturnTo(target, { actions, redirectPath, basePath }),
    loginPath,
    now,
    renderFailure,
    onEvent,
    onFailure({ code, status, correlationId }, { detail, upstream }) {
      const { claims: _claims, ...report } = upstream;
      logger[status >= 500 ? 'error' : 'info']({ code, correlationId, detail, upstream: report }, 'failure');
      onEvent({ type: 'refused', correlationId, code });
    },
  };
}

/** Middleware in order: who sent the request, what belongs to the sign-in, and what a request knows of its person. */
function middlewareOf(
  { config, loginPath, logoutPath }: EntraSettings,
  { groups = 'as-claimed' }: EntraOptions,
  parts: SignInParts,
): RequestHandler {
  const readGroups = groups === 'resolve-overage' ? createGroupReader(parts) : undefined;
  const basePath = basePathOf(config.baseUrl);
  const attach = settled(async (request, response, next) => {
    rememberBasePath(request, basePath);
    requireNoTwin(request, parts);
    const state: RequestState = { parts, readGroups, resolvedGroups: undefined };
    attachEntra(request, response, state);
    state.resolvedGroups = await readGroups?.(request);
    next();
  });
  const router = Router({ caseSensitive: true, strict: true });
  router.use(parts.sessions.middleware);
  router.use(attach);
  router.use(
    signInRoutes({
      ...parts,
      loginPath,
      limit: signInRateLimit(config.rateLimitPerMinute),
      allowedDomainHints: config.allowedDomainHints,
      onSignIn: (outcome, request) => tellSignedIn(parts, outcome, request),
      consentGiven: (_request, response) => redirect(response, '/'),
    }),
  );
  router.use(
    signOutRoutes({
      ...parts,
      logoutPath,
      identityOrigin: identityOriginOf(config),
      signOutQuestion(_request, _response, next) {
        next(new RequestError('cross_site_sign_out', 403, 'Another site may not sign people out.'));
      },
    }),
  );
  router.use(shownInsteadOfRepeated);
  return router;
}

/** @throws ConfigurationError where another `entra()` that came before has the same cookies or the same address */
function requireNoTwin(request: Request, parts: SignInParts): void {
  const other = stateOf(request)?.parts;
  if (other === undefined || other === parts) return;
  const isTwin =
    other.name === parts.name ||
    other.redirectUri === parts.redirectUri ||
    other.loginPath === parts.loginPath;
  if (isTwin)
    throw new ConfigurationError([
      'each entra() of an app needs its own name, redirectPath, loginPath and logoutPath',
    ]);
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

/** Failures are told where they are shown. */
function tellSignedIn({ sessions, onEvent }: SignInParts, outcome: string, request: Request): void {
  const account = sessions.of(request)?.content.account;
  if (outcome !== 'signed_in' || account === undefined) return;
  const { objectId, tenantId } = account;
  onEvent({ type: 'signed_in', correlationId: correlationIdOf(request), objectId, tenantId });
}
