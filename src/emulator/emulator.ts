import { createApp } from './app.ts';
import { createEmulatorState, type EmulatorState, resetEmulatorState } from './emulator-state.ts';
import type { FaultRequest } from './faults/index.ts';
import { listen, plainOrigin, type TlsFiles } from './http/index.ts';
import { type OpenidConfiguration, openidConfiguration } from './platform/index.ts';
import {
  ACCOUNTS,
  type Account,
  GROUPS,
  REGISTRATIONS,
  readAuthority,
  type Seed,
  SeedError,
  type SeedInput,
  seedOf,
  staysHere,
  TENANTS,
  type Tenant,
} from './registry/index.ts';
import type { LedgerEntry } from './state/index.ts';
import { createSigningKeys, type SigningKey } from './tokens/index.ts';

/** How an emulator is to be. */
export interface EmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Generated colleagues in each directory, besides the accounts. Default 250. */
  readonly users?: number;
  /** PEM texts: with them it speaks https only. */
  readonly tls?: TlsFiles;
  /**
   * Accounts, registrations, tenants and groups besides the built-in ones. Registrations make it strict.
   * What has not been through readSeed() goes through it.
   */
  readonly seed?: Seed | SeedInput;
  /** Know registered apps only, and check them as the real platform would. */
  readonly strictRegistrations?: boolean;
  /** Version of access tokens for APIs whose registration does not say; 1 by default, as for a new registration. */
  readonly tokenVersion?: 1 | 2;
  /** Names besides the local ones that the Host header may have. */
  readonly allowedHosts?: readonly string[];
  /** The clock, in milliseconds since 1970; for tests. */
  readonly now?: () => number;
  /** Keys made before with createSigningKeys(), to save the time of making them. */
  readonly signingKeys?: readonly SigningKey[];
}

/** Settings of an app that signs people in at an emulator. */
export interface EmulatorEnvironment {
  readonly CLIENT_ID: string;
  readonly CLIENT_SECRET: string;
  readonly AUTHORITY: string;
  readonly GRAPH_ENDPOINT: string;
}

/** An emulator that runs. */
export interface Emulator {
  /** For example http://localhost:5001. */
  readonly baseUrl: string;
  readonly port: number;
  readonly accounts: readonly Account[];
  readonly tenants: readonly Tenant[];
  /** What an app's environment says to use it: a registered app, the authority and the address of Graph. */
  environment(): EmulatorEnvironment;
  /** The discovery document as served at `baseUrl`. @throws AadstsError for a tenant nobody knows */
  openidConfiguration(tenant: string): OpenidConfiguration;
  /** Every request received so far, the oldest first. */
  ledger(): readonly LedgerEntry[];
  /** Makes something go wrong, as POST /_emulator/faults does. @throws ZodError or Error when malformed */
  addFault(fault: FaultRequest): void;
  /** Forgets every fault, as DELETE /_emulator/faults does. */
  clearFaults(): void;
  /** Back to the start: nobody signed in, nothing consented, no fault, an empty ledger. */
  reset(): void;
  /** Ends at once, connections included. */
  close(): Promise<void>;
}

const DEFAULT_USERS = 250;

/**
 * Starts an emulator for the Microsoft identity platform and Microsoft Graph on this machine's loopback addresses.
 * @throws the system's EADDRINUSE when the port is taken; SeedError when a registered address is not on this machine
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const seed = seedOf(options.seed);
  checkAddresses(seed, options.allowedHosts ?? []);
  const { tenants, accounts, registrations, groups } = seed;
  const state = createEmulatorState({
    now: options.now ?? Date.now,
    tenants: [...without(TENANTS, tenants, ['id']), ...tenants],
    accounts: [...accounts, ...without(ACCOUNTS, accounts, ['username', 'objectId'])],
    registrations: [...registrations, ...without(REGISTRATIONS, registrations, ['clientId'])],
    strict: options.strictRegistrations ?? registrations.length > 0,
    tokenVersion: options.tokenVersion ?? 1,
    allowedHosts: options.allowedHosts ?? [],
    users: options.users ?? DEFAULT_USERS,
    graph: seed.graph,
    groups: [...groups, ...without(GROUPS, groups, ['id'])],
    signingKeys: options.signingKeys ?? (await createSigningKeys()),
  });
  const app = createApp(state, options.allowedHosts ?? []);
  const listener = await listen(app, options.port, options.tls);
  const scheme = options.tls === undefined ? 'http' : 'https';
  return running(state, plainOrigin(`${scheme}://localhost:${listener.port}`), listener);
}

/** What is built in, but for what the seed has an entry of its own for. */
function without<One>(
  builtIn: readonly One[],
  own: readonly One[],
  keys: readonly (keyof One)[],
): readonly One[] {
  return builtIn.filter((one) => !own.some((other) => keys.some((key) => other[key] === one[key])));
}

/** An emulator sends nobody off this machine: what a seed registers must be local too, or allowed by name. */
function checkAddresses({ registrations }: Seed, allowedHosts: readonly string[]): void {
  for (const { redirectUris, spaRedirectUris, logoutUri, clientId } of registrations) {
    const uris = [...redirectUris, ...spaRedirectUris, ...(logoutUri === undefined ? [] : [logoutUri])];
    const away = uris.find((uri) => !staysHere(uri, allowedHosts));
    if (away !== undefined)
      throw new SeedError(`registration ${clientId}: ${away} is not on this machine; allow its host by name`);
  }
}

function running(
  state: EmulatorState,
  baseUrl: string,
  listener: Awaited<ReturnType<typeof listen>>,
): Emulator {
  return {
    baseUrl,
    port: listener.port,
    get accounts() {
      return state.accounts;
    },
    tenants: state.tenants,
    environment: () => environmentOf(state, baseUrl),
    openidConfiguration: (tenant) => openidConfiguration(baseUrl, readAuthority(tenant, state)),
    ledger: () => state.ledger.entries(),
    addFault: (fault) => state.faults.add(fault),
    clearFaults: () => state.faults.clear(),
    reset: () => resetEmulatorState(state),
    close: () => listener.close(),
  };
}

/** The first app of the seed, or the built-in one. */
function environmentOf({ registrations: [app] }: EmulatorState, baseUrl: string): EmulatorEnvironment {
  return {
    CLIENT_ID: app?.clientId ?? '',
    CLIENT_SECRET: app?.secrets[0]?.value ?? '',
    AUTHORITY: `${baseUrl}/common`,
    GRAPH_ENDPOINT: baseUrl,
  };
}
