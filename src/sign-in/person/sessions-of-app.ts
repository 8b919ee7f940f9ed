import type { Config } from '../../config/index.ts';
import { boundPartOf, type ClientSettings, isStillWelcome } from '../../identity/index.ts';
import { cookiePlaceOf } from '../../public-address.ts';
import {
  bindSecrets,
  createPendingSignIns,
  createSealer,
  createSessions,
  type Sealer,
  type SessionRecords,
} from '../../sessions/index.ts';
import { type LeftToSignIn, leftToSignInText } from './left-to-sign-in.ts';
import type { SignedIn } from './signed-in.ts';

/** What sessions are kept with, beside the settings. */
interface SessionSurroundings {
  records: SessionRecords;
  now: () => number;
  /** In front of the names of cookies, where an app has other sessions too: `shop-`. */
  cookiePrefix?: string;
  /** Told in a sentence what did not work; the request went on. */
  onWarning: (sentence: string) => void;
}

/** What is sealed is of this app, authority and address alone, and of the emulator or of Microsoft. */
function secretsOf({ sessionSecrets, clientId, authority, baseUrl, usesEmulator }: Config) {
  const issuer = boundPartOf(authority);
  return bindSecrets(sessionSecrets, { clientId, issuer, publicAddress: baseUrl, usesEmulator });
}

/** Seals what else of an app is stored or leaves it. @returns a sealer for a purpose, which tells one kind from another */
export function sealersOf(config: Config): (purpose: string) => Sealer {
  const secrets = secretsOf(config);
  return (purpose) => createSealer(secrets, purpose);
}

/** People's sessions in this app, and the sign-ins that have not come back yet. */
export function createAppSessions(
  config: Config,
  { authority }: Pick<ClientSettings, 'authority'>,
  { records, now, cookiePrefix = '', onWarning }: SessionSurroundings,
) {
  const sealerFor = sealersOf(config);
  const place = cookiePlaceOf(config.baseUrl);
  return {
    sessions: createSessions<SignedIn>({
      records,
      sealer: sealerFor('session'),
      secrets: secretsOf(config),
      idleMs: config.sessionIdleMs,
      maxMs: config.sessionMaxMs,
      cookieName: `${cookiePrefix}session`,
      ...place,
      now,
      fits: ({ account }) => isStillWelcome(account, authority, config.allowedTenants),
      mostOfPerson: config.sessionsPerPerson,
      onWarning,
    }),
    pendingSignIns: createPendingSignIns<LeftToSignIn>({
      records,
      text: leftToSignInText,
      sealer: sealerFor('pending sign-in'),
      cookieName: `${cookiePrefix}signin`,
      ...place,
      now,
    }),
  };
}
