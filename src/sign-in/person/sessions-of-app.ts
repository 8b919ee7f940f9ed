import type { Config } from '../../config/index.ts';
import { boundPartOf, type ClientSettings, isStillWelcome } from '../../identity/index.ts';
import { cookiePlaceOf } from '../../public-address.ts';
import {
  bindSecrets,
  createPendingSignIns,
  createSealer,
  createSessions,
  type PendingSignIns,
  type Sealer,
  type SessionRecords,
  type Sessions,
} from '../../sessions/index.ts';
import { type LeftToSignIn, leftToSignInText } from './left-to-sign-in.ts';
import type { SignedIn } from './signed-in.ts';

/** What sessions are kept with, beside the settings. */
interface SessionSurroundings {
  records: SessionRecords;
  now: () => number;
  /** In front of the names of cookies, where an app has other sessions too: `shop-`. */
  cookiePrefix?: string;
  /** Told when the idle time of a session was not renewed; its request went on. */
  onRenewalFailed: (error: unknown) => void;
}

/** People's sessions in this app, and the sign-ins that have not come back yet. */
interface AppSessions {
  sessions: Sessions<SignedIn>;
  pendingSignIns: PendingSignIns<LeftToSignIn>;
  /** Seals what else of this app is stored or leaves it. @param purpose tells one kind of it from another's */
  sealerFor: (purpose: string) => Sealer;
}

/** What is sealed is of this app, authority and address alone, and of the emulator or of Microsoft. */
export function createAppSessions(
  config: Config,
  { authority }: Pick<ClientSettings, 'authority'>,
  { records, now, cookiePrefix = '', onRenewalFailed }: SessionSurroundings,
): AppSessions {
  const { sessionSecrets, clientId, baseUrl, usesEmulator, allowedTenants } = config;
  const issuer = boundPartOf(config.authority);
  const secrets = bindSecrets(sessionSecrets, { clientId, issuer, publicAddress: baseUrl, usesEmulator });
  const sealerFor = (purpose: string) => createSealer(secrets, purpose);
  const place = cookiePlaceOf(baseUrl);
  return {
    sealerFor,
    sessions: createSessions<SignedIn>({
      records,
      sealer: sealerFor('session'),
      secrets,
      idleMs: config.sessionIdleMs,
      maxMs: config.sessionMaxMs,
      cookieName: `${cookiePrefix}session`,
      ...place,
      now,
      fits: ({ account }) => isStillWelcome(account, authority, allowedTenants),
      onRenewalFailed,
    }),
    pendingSignIns: createPendingSignIns({
      records,
      text: leftToSignInText,
      sealer: sealerFor('pending sign-in'),
      cookieName: `${cookiePrefix}signin`,
      ...place,
      now,
    }),
  };
}
