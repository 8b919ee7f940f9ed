import compression from 'compression';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import { type ErrorCode, RequestError } from '../errors.ts';
import type { GraphCall } from '../graph/index.ts';
import {
  belowBasePath,
  type Health,
  healthRoutes,
  knownPaths,
  noPartsForOthers,
  pathsOf,
  publicFiles,
  readAssetDigests,
  requestLog,
  safeReturnTo,
  securityHeaders,
  sendPage,
  signInRateLimit,
  trustProxies,
} from '../http/index.ts';
import type { ClientSettings } from '../identity/index.ts';
import { adminConsentUrl } from '../identity/index.ts';
import { basePathOf, cookiePlaceOf } from '../public-address.ts';
import type { PendingSignIns, Pseudonyms, Sessions, SharedNotes } from '../sessions/index.ts';
import type { LeftToSignIn, SignedIn } from '../sign-in/index.ts';
import { createPersonTokens, destinationOf, signInRoutes, signOutRoutes } from '../sign-in/index.ts';
import { permissionsRoutes } from './account/index.ts';
import { exportRoutes } from './export/index.ts';
import { failureHandler } from './failure/index.ts';
import { homeRoutes } from './home/index.ts';
import type { Notice } from './layout/index.ts';
import { framesOfRequests, preferenceRoutes } from './layout/index.ts';
import { loggedPerson, rememberPerson } from './logged-person.ts';
import type { Pages } from './pages.ts';
import { peopleRoutes } from './people/index.ts';

interface AppSettings {
  config: Pick<
    Config,
    'baseUrl' | 'redirectPath' | 'graphEndpoint' | 'trustProxy' | 'rateLimitPerMinute' | 'allowedDomainHints'
  >;
  identity: ClientSettings;
  /** Origin of the identity platform's pages. */
  identityOrigin: string;
  graph: GraphCall;
  sessions: Sessions<SignedIn>;
  pendingSignIns: PendingSignIns<LeftToSignIn>;
  /** Where all processes of the app see how far an export is. */
  notes: SharedNotes;
  pages: Pages;
  publicFolder: string;
  logger: Logger;
  /** What people are called in the log. */
  pseudonyms: Pseudonyms;
  health: Health;
  /** Aborts when the process begins to end. */
  ending: AbortSignal;
  now: () => number;
  /** What every page says in its footer. */
  notice?: Notice;
  /** Told how each sign-in ended. */
  onSignIn?: (outcome: string) => void;
}

const LOGOUT_PATH = '/logout';
/** Pages hold no secret that a length could give away, so they are compressed; lightly, because it is done each time. */
const COMPRESSION_LEVEL = 3;

/** The web app, ready to be listened with. Middleware in order, on one screen. */
export function createApp(settings: AppSettings): Express {
  const { config, identity, sessions, pages, now } = settings;
  const place = cookiePlaceOf(config.baseUrl);
  const { secure } = place;
  const frameOf = framesOfRequests(settings);
  const tokens = createPersonTokens(identity, sessions);
  const limit = signInRateLimit(config.rateLimitPerMinute);
  const files = readAssetDigests(settings.publicFolder);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  trustProxies(app, config.trustProxy);
  if (place.path !== '/') app.use(belowBasePath(place.path));
  app.use(
    requestLog({
      logger: settings.logger,
      routes: () => [...pathsOf(app), ...[...files.keys()].map((name) => `/${name}`)],
      personOf: (request) => loggedPerson(request, sessions, settings.pseudonyms),
    }),
  );
  app.use(closingConnections(settings.health));
  app.use(securityHeaders({ secure, signOutSchemes: signOutSchemes(settings.identityOrigin) }));
  app.use(healthRoutes(settings.health));
  app.use(compressed());
  app.use(publicFiles(settings.publicFolder, files));
  app.use(noPartsForOthers);
  app.use(sessions.middleware);
  app.use(rememberPerson(sessions));
  const paths = knownPaths(app, { files: files.keys(), notByHead: [config.redirectPath, LOGOUT_PATH] });
  app.use(byOptions(paths));
  app.use(homeRoutes({ sessions, pages, frameOf }));
  app.use(preferenceRoutes({ place, ...ownAddresses(config) }));
  app.use(
    signInRoutes({
      ...settings,
      returnTo: (target) => safeReturnTo(target, ownAddresses(config)),
      loginPath: '/login',
      redirectPath: config.redirectPath,
      allowedDomainHints: config.allowedDomainHints,
      limit,
      onSignIn: settings.onSignIn ?? (() => undefined),
      consentGiven: (request, response) => sendPage(response, pages.consentGiven(frameOf(request))),
    }),
  );
  app.use(
    signOutRoutes({
      ...settings,
      returnTo: (target) => safeReturnTo(target, ownAddresses(config)),
      baseUrl: config.baseUrl,
      onEvent: () => undefined,
      logoutPath: LOGOUT_PATH,
      signOutQuestion: (request, response) =>
        sendPage(response, pages.signOutQuestion(frameOf(request)), 403),
    }),
  );
  app.use(permissionsRoutes({ ...settings, scopes: identity.scopes, frameOf }));
  const directory = { ...settings, graphEndpoint: config.graphEndpoint, tokens, frameOf };
  app.use(peopleRoutes(directory));
  app.use(exportRoutes(directory));
  app.use(paths);
  app.use(notFound);
  app.use(
    failureHandler({
      render: (request, model) => pages.failure(frameOf(request), model),
      returnTo: (request) => safeReturnTo(destinationOf(request) ?? request.originalUrl, config),
      adminConsentUrl: (request, code) => consentUrl(settings, request, code),
      redirectUri: redirectUriOf(settings),
      endSession: (request, response) => sessions.end(request, response),
      now,
    }),
  );
  return app;
}

/** A response is only prepared for compression where the client takes one. */
function compressed(): RequestHandler {
  const compress = compression({ level: COMPRESSION_LEVEL });
  return (request, response, next) => {
    if (request.headers['accept-encoding'] !== undefined) {
      compress(request, response, next);
      return;
    }
    response.vary('Accept-Encoding');
    next();
  };
}

/** Express would answer OPTIONS router by router, each with what it knows. */
function byOptions(handle: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'OPTIONS') handle(request, response, next);
    else next();
  };
}

/** Only an emulator has pages without TLS. */
function signOutSchemes(identityOrigin: string): ('https:' | 'http:')[] {
  return identityOrigin.startsWith('http:') ? ['https:', 'http:'] : ['https:'];
}

/** While the process ends, clients and proxies are told not to send another request over this connection. */
function closingConnections({ isShuttingDown }: Health): RequestHandler {
  return (_request, response, next) => {
    if (isShuttingDown()) response.setHeader('Connection', 'close');
    next();
  };
}

function ownAddresses({ baseUrl, redirectPath }: AppSettings['config']) {
  return { redirectPath, basePath: basePathOf(baseUrl) };
}

function redirectUriOf({ config }: AppSettings): string {
  return `${config.baseUrl}${config.redirectPath}`;
}

/** What an administrator comes back with from consenting says nothing of who is signed in here. */
const CONSENT_ANSWERS: readonly ErrorCode[] = ['admin_consent_declined', 'admin_consent_failed'];

/** Where an administrator of the person's own tenant can consent; a personal account has no administrator. */
async function consentUrl(
  settings: AppSettings,
  request: Request,
  code: ErrorCode,
): Promise<string | undefined> {
  const { identity, sessions } = settings;
  const account = sessions.of(request)?.content.account;
  const isPersonal = account?.kind === 'personal';
  if (isPersonal && !CONSENT_ANSWERS.includes(code)) return undefined;
  const { origin } = await identity.authority.metadata();
  const tenant = account === undefined || isPersonal ? 'organizations' : account.tenantId;
  return adminConsentUrl({
    authority: `${origin}/${encodeURIComponent(tenant)}`,
    clientId: identity.clientId,
    scopes: identity.scopes,
    redirectUri: redirectUriOf(settings),
  });
}

const notFound: RequestHandler = () => {
  throw new RequestError('not_found', 404, 'There is no such page.');
};
