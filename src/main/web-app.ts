import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import { createGraphCall } from '../graph/index.ts';
import { createGate, type Gate, ranksOf, readAssetDigests } from '../http/index.ts';
import { basePathOf } from '../public-address.ts';
import { createPseudonyms, createSharedNotes, type SessionRecords } from '../sessions/index.ts';
import {
  buildSignIn,
  type EntraOptions,
  identityOfApp,
  identityOriginOf,
  sealersOf,
} from '../sign-in/index.ts';
import type { Notice } from '../web/index.ts';
import { createApp, failureReport, loadPages, PATHS, refusals } from '../web/index.ts';
import type { Metrics } from './metrics.ts';
import type { Traces } from './traces.ts';
import { tellingOf } from './turned-away.ts';
import { packageVersion } from './version.ts';

export interface Surroundings {
  records: SessionRecords;
  logger: Logger;
  now: () => number;
  /** Aborts when the process begins to end. */
  ending: AbortSignal;
  /** What every page says in its footer. */
  notice?: Notice;
  metrics?: Pick<Metrics, 'onSignIn' | 'onTokenRequest' | 'onGraphCall' | 'onAnswered' | 'onTurnedAway'>;
  traces?: Omit<Traces, 'close'>;
}

export interface WebApp {
  app: Express;
  /** Stands in front of the app and turns away what there is no time for. */
  gate: Gate;
  /** Tells the log of those turned away that it does not know of yet. */
  tellRest(): void;
  /** Asks the identity platform for what a first sign-in would otherwise wait for; logs what goes wrong. */
  warmUp(): Promise<void>;
}

const projectFile = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Where the demo signs people in and out; its cookies have no name in front. */
const SIGN_IN = { loginPath: PATHS.login, logoutPath: PATHS.logout, name: '' };

/** Puts the parts together for one configuration. Listens to nothing and starts nothing. */
export function buildWebApp(config: Config, surroundings: Surroundings): WebApp {
  const { records, logger, now, ending, notice, metrics, traces } = surroundings;
  const onWarning = (sentence: string) => logger.warn(sentence);
  const identity = identityOfApp(config, {
    now,
    onWarning,
    onTokenRequest(exchange) {
      metrics?.onTokenRequest(exchange);
      traces?.onCall('identity platform', exchange);
    },
  });
  const options = signInOptions(surroundings);
  const app = createApp({
    config,
    signIn: (wishes) => buildSignIn({ config, ...SIGN_IN }, { ...options, ...wishes }, { identity, records }),
    identityOrigin: identityOriginOf(config),
    graph: createGraphCall({
      endpoint: config.graphEndpoint,
      onCall(call) {
        metrics?.onGraphCall(call);
        traces?.onCall('Microsoft Graph', call);
      },
      ...(traces === undefined ? {} : { headers: traces.headers }),
    }),
    notes: createSharedNotes({ records: records.notes, sealer: sealersOf(config)('shared note'), now }),
    pages: loadPages(projectFile('views'), packageVersion(), readAssetDigests(projectFile('public'))),
    publicFolder: projectFile('public'),
    logger,
    onAnswered(answered, request) {
      metrics?.onAnswered(answered);
      traces?.onAnswered(answered, request);
    },
    pseudonyms: createPseudonyms(config.sessionSecrets),
    health: { checkStore: () => records.check(), isShuttingDown: () => ending.aborted },
    ending,
    now,
    ...(notice === undefined ? {} : { notice }),
  });
  const logFailure = (error: unknown) =>
    logger.warn(failureReport(error), 'the signing keys could not be fetched yet');
  const { refuse, tellRest } = tellingOf(refusals(config.baseUrl), logger, metrics?.onTurnedAway);
  const rankOf = ranksOf(config.redirectPath, basePathOf(config.baseUrl));
  return {
    app,
    gate: createGate({ app: traces?.around(app) ?? app, refuse, rankOf }),
    tellRest,
    warmUp: () => identity.keys.warm().catch(logFailure),
  };
}

/** What the process wants to know of the sign-in. */
function signInOptions({ logger, metrics }: Surroundings): EntraOptions {
  return {
    name: SIGN_IN.name,
    logger,
    onEvent(event) {
      if (event.type === 'signed_in') metrics?.onSignIn(event.type);
      if (event.type === 'refused' && event.at === 'sign-in') metrics?.onSignIn(event.code);
    },
  };
}
