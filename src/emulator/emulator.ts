import { ACCOUNTS, type Account } from './accounts.ts';
import { createApp } from './app.ts';
import { readAuthority } from './authorization-request.ts';
import type { FaultRequest } from './faults.ts';
import { createSigningKeys, type SigningKey } from './keys.ts';
import type { LedgerEntry } from './ledger.ts';
import { listen, type TlsFiles } from './listener.ts';
import { type OpenidConfiguration, openidConfiguration } from './metadata.ts';
import { staysHere } from './redirect-uri.ts';
import { REGISTRATIONS } from './registrations.ts';
import { type Seed, SeedError } from './seed.ts';
import { TENANTS, type Tenant } from './tenants.ts';
import { createWorld, resetWorld, type World } from './world.ts';

export type { Account, AccountKind } from './accounts.ts';
export type { FaultRequest } from './faults.ts';
export { createSigningKeys } from './keys.ts';
export type { LedgerEntry } from './ledger.ts';
export { CertificateError } from './listener.ts';
export type { OpenidConfiguration } from './metadata.ts';
export { readSeed, type Seed, SeedError } from './seed.ts';
export type { Tenant } from './tenants.ts';

/** How a stand-in shall be. */
export interface EmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Generated colleagues in each directory, besides the accounts. Default 250. */
  readonly users?: number;
  /** PEM texts: with them it speaks https only. */
  readonly tls?: TlsFiles;
  /** Accounts, registrations and tenants besides the built-in ones. Registrations make it strict. */
  readonly seed?: Seed;
  /** Know registered apps only, and check them as the real platform would. */
  readonly strictRegistrations?: boolean;
  /** Names besides the local ones that the Host header may have. */
  readonly allowedHosts?: readonly string[];
  /** The clock, in milliseconds since 1970; for tests. */
  readonly now?: () => number;
  /** Keys made before with createSigningKeys(), to save the time of making them. */
  readonly signingKeys?: readonly SigningKey[];
}

/** A stand-in that runs. */
export interface Emulator {
  /** For example http://localhost:5001. */
  readonly baseUrl: string;
  readonly port: number;
  readonly accounts: readonly Account[];
  readonly tenants: readonly Tenant[];
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
 * Starts a stand-in for the Microsoft identity platform and Microsoft Graph on this machine's loopback addresses.
 * @throws the system's EADDRINUSE when the port is taken; SeedError when a registered address is not on this machine
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  checkAddresses(options);
  const { tenants = [], accounts = [], registrations = [] } = options.seed ?? {};
  const world = createWorld({
    now: options.now ?? Date.now,
    tenants: [...without(TENANTS, tenants, ['id']), ...tenants],
    accounts: [...accounts, ...without(ACCOUNTS, accounts, ['username', 'objectId'])],
    registrations: [...registrations, ...without(REGISTRATIONS, registrations, ['clientId'])],
    strict: options.strictRegistrations ?? registrations.length > 0,
    users: options.users ?? DEFAULT_USERS,
    signingKeys: options.signingKeys ?? (await createSigningKeys()),
  });
  const app = createApp(world, options.allowedHosts ?? []);
  const listener = await listen(app, options.port, options.tls);
  const scheme = options.tls === undefined ? 'http' : 'https';
  return running(world, `${scheme}://localhost:${listener.port}`, listener);
}

/** What is built in, but for what the seed has an entry of its own for. */
function without<One>(
  builtIn: readonly One[],
  own: readonly One[],
  keys: readonly (keyof One)[],
): readonly One[] {
  return builtIn.filter((one) => !own.some((other) => keys.some((key) => other[key] === one[key])));
}

/** A stand-in sends nobody off this machine: what a seed registers must be local too, or allowed by name. */
function checkAddresses({ seed, allowedHosts = [] }: EmulatorOptions): void {
  for (const { redirectUris, spaRedirectUris, logoutUri, clientId } of seed?.registrations ?? []) {
    const uris = [...redirectUris, ...spaRedirectUris, ...(logoutUri === undefined ? [] : [logoutUri])];
    const away = uris.find((uri) => !staysHere(uri, allowedHosts));
    if (away !== undefined)
      throw new SeedError(`registration ${clientId}: ${away} is not on this machine; allow its host by name`);
  }
}

function running(world: World, baseUrl: string, listener: Awaited<ReturnType<typeof listen>>): Emulator {
  return {
    baseUrl,
    port: listener.port,
    accounts: world.accounts,
    tenants: world.tenants,
    openidConfiguration: (tenant) => openidConfiguration(baseUrl, readAuthority(tenant, world)),
    ledger: () => world.ledger.entries(),
    addFault: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    reset: () => resetWorld(world),
    close: () => listener.close(),
  };
}
