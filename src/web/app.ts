import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import { RequestError } from '../errors.ts';
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
  securityHeaders,
  sendPage,
  trustOf,
} from '../http/index.ts';
import { type EntraOptions, signInFailures } from '../library/sign-in.ts';
import { basePathOf, cookiePlaceOf } from '../public-address.ts';
import { permissionsRoutes } from './account/index.ts';
import { createKnownTotals } from './directory/index.ts';
import { exportRoutes, type SharedNotes } from './export/index.ts';
import { failureHandler, failureReport, failureShower } from './failure/index.ts';
import { createFarewell, homeRoutes } from './home/index.ts';
import { framesOfRequests, type Notice, PATHS, preferenceRoutes } from './layout/index.ts';
import { loggedPerson, type Pseudonyms } from './logged-person.ts';
import type { Pages } from './pages.ts';
import { peopleRoutes } from './people/index.ts';
import { sessionRoutes } from './sessions/index.ts';

/** What this app wants of its sign-in beside the settings. */
type SignInWishes = Pick<
  EntraOptions,
  'renderFailure' | 'askToSignIn' | 'consentGiven' | 'neverReturnTo' | 'onFailure'
>;

interface AppSettings {
  config: Pick<Config, 'baseUrl' | 'redirectPath' | 'graphEndpoint' | 'trustProxy'>;
  /** The library's middleware. */
  signIn: (wishes: SignInWishes) => RequestHandler;
  /** Origin of the identity platform's pages. */
  identityOrigin: string;
  graph: GraphCall;
  /** Where all processes of the app see how far an export is. */
  notes: SharedNotes;
  pages: Pages;
  publicFolder: string;
  logger: Logger;
  /** Told of each request when its response is over. */
  onAnswered?: Parameters<typeof requestLog>[0]['onAnswered'];
  /** What people are called in the log. */
  pseudonyms: Pseudonyms;
  health: Health;
  /** Aborts when the process begins to end. */
  ending: AbortSignal;
  now: () => number;
  /** What every page says in its footer. */
  notice?: Notice;
}

/** Pages hold no secret that a length could give away, so they are compressed; lightly, because it is done each time. */
const COMPRESSION_LEVEL = 3;

/** The web app, ready to be listened with. Middleware in order, on one screen. */
export function createApp(settings: AppSettings): Express {
  const { config, pages, pseudonyms } = settings;
  const place = cookiePlaceOf(config.baseUrl);
  const frameOf = framesOfRequests(settings);
  const files = readAssetDigests(settings.publicFolder);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustOf(config.trustProxy));
  if (place.path !== '/') app.use(belowBasePath(place.path));
  app.use(
    requestLog({
      logger: settings.logger,
      routes: () => [...pathsOf(app), ...[...files.keys()].map((name) => `/${name}`)],
      personOf: (request) => loggedPerson(request, pseudonyms),
      onAnswered: settings.onAnswered,
    }),
  );
  app.use(closingConnections(settings.health));
  app.use(securityHeaders({ secure: place.secure, signOutSchemes: signOutSchemes(settings.identityOrigin) }));
  app.use(healthRoutes(settings.health));
  app.use(compressed());
  app.use(publicFiles(settings.publicFolder, files));
  app.use(noPartsForOthers);
  const paths = knownPaths(app, { files: files.keys(), notByHead: [config.redirectPath, PATHS.logout] });
  app.use(byOptions(paths));
  const { origin } = new URL(config.baseUrl);
  const farewell = createFarewell(place, origin);
  app.use(PATHS.logout, farewell.remember);
  app.use(
    settings.signIn({
      neverReturnTo: [PATHS.language, PATHS.appearance],
      askToSignIn: (signInUrl, _request, response) => response.status(302).set('Location', signInUrl).end(),
      consentGiven: (request, response) => sendPage(response, pages.consentGiven(frameOf(request))),
      renderFailure: failureShower({ ...settings, frameOf }),
      onFailure(error, { res }) {
        if (res !== undefined) res.locals.failure = failureReport(error);
      },
    }),
  );
  app.use(PATHS.logout, farewell.forget);
  const totals = createKnownTotals();
  app.use(homeRoutes({ pages, frameOf, farewell, totals }));
  app.use(
    preferenceRoutes({ place, redirectPath: config.redirectPath, basePath: basePathOf(config.baseUrl) }),
  );
  app.use(permissionsRoutes({ pages, frameOf }));
  app.use(sessionRoutes({ pages, frameOf, origin }));
  const directory = { ...settings, graphEndpoint: config.graphEndpoint, frameOf, totals };
  app.use(peopleRoutes(directory));
  app.use(exportRoutes(directory));
  app.use(paths);
  app.use(notFound);
  app.use(failureHandler);
  app.use(signInFailures());
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

const notFound: RequestHandler = () => {
  throw new RequestError('not_found', 404, 'There is no such page.');
};
