import type { Account } from './accounts.ts';
import { type BrowserSessions, createBrowserSessions } from './browser-sessions.ts';
import { type Consents, createConsents } from './consents.ts';
import { createDirectories, type Directories } from './directory.ts';
import { createExpiringMap, type ExpiringMap } from './expiring-map.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Grant } from './grant.ts';
import { createKeyRing, type KeyRing, type SigningKey } from './keys.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { CODE_LIFETIME_MS, DAY_MS, DEVICE_CODE_LIFETIME_MS, MINUTE_MS } from './lifetimes.ts';
import type { Registration } from './registrations.ts';
import { createSeal, type Seal } from './seal.ts';
import type { Tenant } from './tenants.ts';

/** An authorization code's record. */
export interface IssuedCode {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string;
  readonly issuedAtMs: number;
  redeemed: boolean;
}

/** A device code's record (RFC 8628), kept under its user code; `outcome` stays pending until somebody answers. */
export interface DeviceRequest {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly claims: string | undefined;
  readonly tenant: string;
  readonly expiresAtMs: number;
  outcome: 'pending' | 'declined' | Grant;
}

/** Everything one stand-in knows and remembers. Nothing of it is shared with another. */
export interface World {
  readonly now: () => number;
  readonly tenants: readonly Tenant[];
  readonly accounts: readonly Account[];
  readonly registrations: readonly Registration[];
  readonly strict: boolean;
  readonly directories: Directories;
  readonly keys: KeyRing;
  readonly seal: Seal;
  readonly codes: ExpiringMap<IssuedCode>;
  readonly sessions: BrowserSessions;
  readonly consents: Consents;
  readonly deviceRequests: ExpiringMap<DeviceRequest>;
  /** Ids of refresh tokens that were used: a fault may refuse them. */
  readonly spentTokens: ExpiringMap<true>;
  /** jti of client assertions with the assertion they belong to. */
  readonly assertionIds: ExpiringMap<string>;
  /** Object ids whose tokens count only from this time on (ms). */
  readonly validFrom: ExpiringMap<number>;
  readonly ledger: Ledger;
  readonly faults: Faults;
}

/** What a world is made of. */
export interface WorldParts {
  readonly now: () => number;
  readonly tenants: readonly Tenant[];
  readonly accounts: readonly Account[];
  readonly registrations: readonly Registration[];
  readonly strict: boolean;
  readonly users: number;
  readonly signingKeys: readonly SigningKey[];
}

/** Creates a world at its beginning. */
export function createWorld(parts: WorldParts): World {
  const { now, tenants, accounts, registrations, strict } = parts;
  const remember = <Value>(lifetimeMs: number, maxEntries: number): ExpiringMap<Value> =>
    createExpiringMap<Value>({ lifetimeMs, maxEntries, now });
  return {
    now,
    tenants,
    accounts,
    registrations,
    strict,
    directories: createDirectories(tenants, accounts, parts.users),
    keys: createKeyRing(parts.signingKeys),
    seal: createSeal(),
    codes: remember(2 * CODE_LIFETIME_MS, 20_000),
    sessions: createBrowserSessions(now),
    consents: createConsents(now),
    deviceRequests: remember(2 * DEVICE_CODE_LIFETIME_MS, 2_000),
    spentTokens: remember(DAY_MS, 50_000),
    assertionIds: remember(20 * MINUTE_MS, 50_000),
    validFrom: remember(DAY_MS, 10_000),
    ledger: createLedger(now),
    faults: createFaults(),
  };
}

/** Back to the beginning: nobody signed in, nothing consented, no fault, an empty ledger, old tokens worthless. */
export function resetWorld(world: World): void {
  for (const memory of [
    world.codes,
    world.sessions,
    world.consents,
    world.deviceRequests,
    world.spentTokens,
    world.assertionIds,
    world.validFrom,
    world.ledger,
    world.faults,
  ]) {
    memory.clear();
  }
  world.keys.reset();
  world.seal.renew();
}
