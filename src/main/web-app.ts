import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import { createGraphCall } from '../graph/index.ts';
import { readAssetDigests } from '../http/index.ts';
import { type ClientSettings, createCredential, createIdentity } from '../identity/index.ts';
import { createPseudonyms, createSharedNotes, type SessionRecords } from '../sessions/index.ts';
import { createAppSessions, identityOriginOf } from '../sign-in/index.ts';
import type { Notice } from '../web/index.ts';
import { createApp, failureReport, loadPages } from '../web/index.ts';
import type { Metrics } from './metrics.ts';
import { packageVersion } from './version.ts';

export interface Surroundings {
  records: SessionRecords;
  logger: Logger;
  now: () => number;
  /** Aborts when the process begins to end. */
  ending: AbortSignal;
  /** What every page says in its footer. */
  notice?: Notice;
  metrics?: Pick<Metrics, 'onSignIn' | 'onTokenRequest' | 'onGraphCall'>;
}

export interface WebApp {
  app: Express;
  /** Asks the identity platform for what a first sign-in would otherwise wait for; logs what goes wrong. */
  warmUp(): Promise<void>;
}

const projectFile = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Puts the parts together for one configuration. Listens to nothing and starts nothing. */
export function buildWebApp(config: Config, surroundings: Surroundings): WebApp {
  const { records, logger, now, ending, notice, metrics } = surroundings;
  const identity = identityOf(config, surroundings);
  const { sessions, pendingSignIns, sealerFor } = createAppSessions(config, identity, {
    records,
    now,
    onRenewalFailed: () =>
      logger.warn({ reason: 'store_unavailable' }, 'the idle time of a session was not renewed'),
  });
  const app = createApp({
    config,
    identity,
    identityOrigin: identityOriginOf(config),
    graph: createGraphCall({
      endpoint: config.graphEndpoint,
      ...(metrics === undefined ? {} : { onCall: metrics.onGraphCall }),
    }),
    sessions,
    pendingSignIns,
    notes: createSharedNotes({ records: records.notes, sealer: sealerFor('shared note'), now }),
    pages: loadPages(projectFile('views'), packageVersion(), readAssetDigests(projectFile('public'))),
    publicFolder: projectFile('public'),
    logger,
    pseudonyms: createPseudonyms(config.sessionSecrets),
    health: { checkStore: () => records.check(), isShuttingDown: () => ending.aborted },
    ending,
    now,
    ...(notice === undefined ? {} : { notice }),
    ...(metrics === undefined ? {} : { onSignIn: metrics.onSignIn }),
  });
  const logFailure = (error: unknown) =>
    logger.warn(failureReport(error), 'the signing keys could not be fetched yet');
  return { app, warmUp: () => identity.keys.warm().catch(logFailure) };
}

function identityOf(config: Config, { now, metrics, logger }: Surroundings): ClientSettings {
  const onWarning = (sentence: string) => logger.warn(sentence);
  return createIdentity({
    ...config,
    credential: createCredential(config.credential, now, { onWarning }),
    redirectUri: `${config.baseUrl}${config.redirectPath}`,
    network: metrics === undefined ? {} : { onExchange: metrics.onTokenRequest },
    now,
  });
}
