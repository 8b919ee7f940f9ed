import type { JsonWebKey } from 'node:crypto';
import { createDirectories, type Directories } from '../directory/index.ts';
import { createLiveRegistry, type GroupSeed, type LiveRegistry, type Registry } from '../registry/index.ts';
import {
  CODE_LIFETIME_MS,
  createKeyRing,
  createSeal,
  DAY_MS,
  DEVICE_CODE_LIFETIME_MS,
  type KeyRing,
  MINUTE_MS,
  type Seal,
  type SigningKey,
} from '../tokens/index.ts';
import type { BrowserSession } from './browser-sessions.ts';
import { type Clock, createClock } from './clock.ts';
import { type Consents, createConsents } from './consents.ts';
import type { DeviceRequest } from './device-request.ts';
import { createExpiringMap, type ExpiringMap } from './expiring-map.ts';
import { createGraphResponses, type GraphResponses } from './graph-responses.ts';
import type { IssuedCode } from './issued-code.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** What the picker offers to go wrong, and what is going to. */
export interface FaultMenu {
  readonly presets: readonly { readonly id: string; readonly title: string }[];
  /** The faults that wait, in words. */
  waiting(): readonly string[];
}

/** Everything one emulator knows and remembers. Nothing of it is shared with another. */
export interface World extends LiveRegistry {
  readonly now: () => number;
  readonly clock: Clock;
  readonly directories: Directories;
  readonly keys: KeyRing;
  readonly seal: Seal;
  readonly codes: ExpiringMap<IssuedCode>;
  /** Who is signed in in which browser, by the value of its cookie. */
  readonly sessions: ExpiringMap<BrowserSession>;
  readonly consents: Consents;
  readonly deviceRequests: ExpiringMap<DeviceRequest>;
  /** Ids of refresh tokens that were used: a fault may refuse them. */
  readonly spentTokens: ExpiringMap<true>;
  /** jti of client assertions with the assertion they belong to. */
  readonly assertionIds: ExpiringMap<string>;
  /** Public keys of other issuers, by issuer. */
  readonly issuerKeys: ExpiringMap<readonly JsonWebKey[]>;
  /** Object ids whose tokens count only from this time on (ms). */
  readonly validFrom: ExpiringMap<number>;
  /** Responses of Graph's that somebody gave. */
  readonly graphResponses: GraphResponses;
  readonly ledger: Ledger;
  readonly faultMenu: FaultMenu;
}

/** What a world is made of. */
export interface WorldParts extends Registry {
  readonly now: () => number;
  readonly users: number;
  readonly groups: readonly GroupSeed[];
  readonly graph: Readonly<Record<string, unknown>>;
  readonly signingKeys: readonly SigningKey[];
  readonly faultMenu: FaultMenu;
  /** The key that seals tokens; by default a new one. */
  readonly sealKey?: Buffer | undefined;
  /** Called when something changes that is worth keeping: keys, consents, revocations. */
  readonly changed?: (() => void) | undefined;
}

/** Creates a world at its beginning. */
export function createWorld(parts: WorldParts): World {
  const clock = createClock(parts.now);
  const { now } = clock;
  const changed = parts.changed ?? (() => undefined);
  const remember = <Value>(lifetimeMs: number, maxEntries: number): ExpiringMap<Value> =>
    createExpiringMap<Value>({ lifetimeMs, maxEntries, now });
  const registry = createLiveRegistry(parts);
  const own: Omit<World, keyof LiveRegistry> = {
    now,
    clock,
    directories: createDirectories(registry, parts.users, parts.groups, now()),
    keys: createKeyRing(parts.signingKeys, changed),
    seal: createSeal(parts.sealKey, changed),
    codes: remember(2 * CODE_LIFETIME_MS, 20_000),
    sessions: remember(DAY_MS, 20_000),
    consents: createConsents(now, changed),
    deviceRequests: remember(2 * DEVICE_CODE_LIFETIME_MS, 2_000),
    spentTokens: remember(DAY_MS, 50_000),
    assertionIds: remember(20 * MINUTE_MS, 50_000),
    issuerKeys: remember(DAY_MS, 1_000),
    validFrom: createExpiringMap({ lifetimeMs: DAY_MS, maxEntries: 10_000, now, changed }),
    graphResponses: createGraphResponses(parts.graph),
    ledger: createLedger(now),
    faultMenu: parts.faultMenu,
  };
  // The registry's lists are read through it: a copy of them would not see what comes later.
  return Object.assign(registry, own);
}

/** Back to the beginning: the first people and apps, nobody signed in, nothing consented, an empty ledger, old tokens worthless. */
export function resetWorld(world: World): void {
  for (const memory of [
    world.clock,
    world.codes,
    world.sessions,
    world.consents,
    world.deviceRequests,
    world.spentTokens,
    world.assertionIds,
    world.issuerKeys,
    world.validFrom,
    world.ledger,
    world.graphResponses,
  ]) {
    memory.clear();
  }
  world.resetRegistry();
  world.directories.reset();
  world.keys.reset();
  world.seal.renew();
}
