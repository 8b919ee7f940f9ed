import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import { createGraphCall } from '../graph/index.ts';
import { readAssetDigests } from '../http/index.ts';
import type { ClientSettings } from '../identity/index.ts';
import {
  boundPartOf,
  createAuthority,
  createCredential,
  createIdentityNetwork,
  createSigningKeys,
  isStillWelcome,
} from '../identity/index.ts';
import type { SessionRecords } from '../sessions/index.ts';
import {
  bindSecrets,
  createPendingSignIns,
  createSealer,
  createSessions,
  createSharedNotes,
} from '../sessions/index.ts';
import type { SignedIn } from '../sign-in/index.ts';
import { leftToSignInText } from '../sign-in/index.ts';
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
  const secure = config.baseUrl.startsWith('https:');
  const identity = identityOf(config, surroundings);
  const sealerFor = sealersOf(config);
  const app = createApp({
    config,
    identity,
    identityOrigin: identityOrigin(config),
    graph: createGraphCall({
      endpoint: config.graphEndpoint,
      ...(metrics === undefined ? {} : { onCall: metrics.onGraphCall }),
    }),
    sessions: createSessions<SignedIn>({
      records,
      sealer: sealerFor('session'),
      secrets: config.sessionSecrets,
      idleMs: config.sessionIdleMs,
      maxMs: config.sessionMaxMs,
      secure,
      now,
      fits: ({ account }) => isStillWelcome(account, identity.authority, config.allowedTenants),
      onRenewalFailed: () =>
        logger.warn({ reason: 'store_unavailable' }, 'the idle time of a session was not renewed'),
    }),
    pendingSignIns: createPendingSignIns({
      records,
      text: leftToSignInText,
      sealer: sealerFor('pending sign-in'),
      secure,
      now,
    }),
    notes: createSharedNotes({ records: records.notes, sealer: sealerFor('shared note'), now }),
    pages: loadPages(projectFile('views'), packageVersion(), readAssetDigests(projectFile('public'))),
    publicFolder: projectFile('public'),
    logger,
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

/** What is sealed is of this app, authority and address alone, and of the emulator or of Microsoft. */
function sealersOf({ sessionSecrets, clientId, authority, baseUrl, usesEmulator }: Config) {
  const secrets = bindSecrets(sessionSecrets, {
    clientId,
    issuer: boundPartOf(authority),
    publicAddress: baseUrl,
    usesEmulator,
  });
  return (purpose: string) => createSealer(secrets, purpose);
}

function identityOf(config: Config, { now, metrics, logger }: Surroundings): ClientSettings {
  const network = createIdentityNetwork(metrics === undefined ? {} : { onExchange: metrics.onTokenRequest });
  const authority = createAuthority(config, network);
  const onWarning = (sentence: string) => logger.warn(sentence);
  const fetchKeySet = async () => {
    const { jwksUri, origin } = await authority.metadata();
    return network.getJson(jwksUri, origin);
  };
  return {
    clientId: config.clientId,
    credential: createCredential(config.credential, now, { onWarning }),
    authority,
    network,
    keys: createSigningKeys({ fetchKeySet, now }),
    redirectUri: `${config.baseUrl}${config.redirectPath}`,
    scopes: config.scopes,
    allowedTenants: config.allowedTenants,
    now,
  };
}

/** Where the platform's pages stand: known before its metadata, which has to be of the same origin. */
function identityOrigin({ authority, authorityMetadata }: Config): string {
  if (authorityMetadata === undefined) return new URL(authority).origin;
  const { token_endpoint } = JSON.parse(authorityMetadata) as { token_endpoint: string };
  return new URL(token_endpoint).origin;
}
