import { createApp } from './app.ts';
import {
  type AccessTokenRequest,
  type BrowserPage,
  createEmulatorState,
  createKeeper,
  type EmulatorState,
  madeAccessToken,
  putAccount,
  putRegistration,
  putSeed,
  readKeptState,
  removeAccount,
  removeRegistration,
  resetEmulatorState,
  seedFrom,
  signInByFetch,
  signInOnPage,
} from './control/index.ts';
import type { FaultRequest } from './faults/index.ts';
import { type Listener, listen } from './http/index.ts';
import { addressOf, certificateEnvironment, isAt, type Place, type PlaceOptions, placeOf } from './place.ts';
import { type OpenidConfiguration, openidConfiguration } from './platform/index.ts';
import {
  ACCOUNTS,
  type Account,
  type AccountInput,
  checkAddresses,
  GROUPS,
  REGISTRATIONS,
  type Registration,
  type RegistrationInput,
  type Registry,
  readAuthority,
  type Seed,
  type SeedInput,
  seedOf,
  TENANTS,
  type Tenant,
} from './registry/index.ts';
import type { Clock, LedgerEntry } from './state/index.ts';
import type { SigningKey } from './tokens/index.ts';

/** How an emulator is to be. */
export interface EmulatorOptions extends PlaceOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Generated colleagues in each directory, besides the accounts. Default 250. */
  readonly users?: number | undefined;
  /**
   * Accounts, registrations, tenants and groups besides the built-in ones. Registrations make it strict.
   * What has not been through readSeed() goes through it.
   */
  readonly seed?: Seed | SeedInput | undefined;
  /** Know registered apps only, and check them as the real platform would. */
  readonly strictRegistrations?: boolean | undefined;
  /** Version of access tokens for APIs whose registration does not say; 1 by default, as for a new registration. */
  readonly tokenVersion?: 1 | 2 | undefined;
  /** The clock, in milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined;
  /** Keys made before with createSigningKeys(), to save the time of making them. */
  readonly signingKeys?: readonly SigningKey[] | undefined;
}

/** Settings of an app that signs people in at an emulator. */
export interface EmulatorEnvironment {
  readonly CLIENT_ID: string;
  readonly CLIENT_SECRET: string;
  readonly AUTHORITY: string;
  readonly GRAPH_ENDPOINT: string;
  /** With a certificate of its own: NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, SSL_CERT_FILE, CURL_CA_BUNDLE, JAVA_TOOL_OPTIONS. */
  readonly [variable: string]: string;
}

/** An emulator that runs. */
export interface Emulator {
  /** For example http://localhost:5001. */
  readonly url: string;
  /** The same as `url`. */
  readonly baseUrl: string;
  readonly port: number;
  readonly accounts: readonly Account[];
  readonly registrations: readonly Registration[];
  readonly tenants: readonly Tenant[];
  /** What an app's environment says to use it: a registered app, the authority and the address of Graph. */
  environment(): EmulatorEnvironment;
  /** The discovery document as served at `baseUrl`. @throws AadstsError for a tenant nobody knows */
  openidConfiguration(tenant: string): OpenidConfiguration;
  /**
   * Signs somebody in on a Playwright or Puppeteer page that was sent to the sign-in: picks the account, and accepts
   * where consent is asked for. Resolves when the page is back at the app, and rejects saying what it shows instead.
   */
  signIn(page: BrowserPage, username: string): Promise<void>;
  /**
   * The same without a browser. `address` is an authorization request, or an address of the app's that leads to one;
   * resolves to the redirect with the code (or the error). Of `response_mode=form_post` the fields are its query.
   */
  signInByFetch(address: string | URL, username: string): Promise<URL>;
  /** An access token without any sign-in or consent. @throws ZodError, Error for what is not there */
  accessToken(request: AccessTokenRequest): string;
  /** The emulator's own clock; that of your app it does not move. */
  readonly clock: Pick<Clock, 'now' | 'advance' | 'set'>;
  /** Puts an account in, or changes the one with this username. @throws SeedError */
  putAccount(account: AccountInput): Account;
  /** @throws SeedError when there is none */
  removeAccount(username: string): void;
  /** Puts a registration in, or changes the one with this client id. @throws SeedError for what may not be */
  putRegistration(registration: RegistrationInput): Registration;
  /** @throws SeedError when there is none */
  removeRegistration(clientId: string): void;
  /** Puts in what a seed holds, besides or in the place of what is there. @throws SeedError */
  putSeed(seed: SeedInput): void;
  /** What there is besides what is built in, as a seed for another emulator. */
  seed(): SeedInput;
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
 * @throws the system's EADDRINUSE when the port is taken; SeedError when a registered address is not on this machine;
 * PlaceError for options that do not go together; KeptFileError where the state or the certificate cannot be kept
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const place = placeOf(options);
  const seed = seedOf(options.seed);
  checkAddresses(seed, place.allowedHosts);
  const kept = options.state === undefined ? undefined : readKeptState(options.state);
  const keeper = options.state === undefined ? undefined : createKeeper(options.state, () => state);
  const state: EmulatorState = createEmulatorState({
    ...registryOf(seed, options),
    allowedHosts: place.allowedHosts,
    now: options.now ?? Date.now,
    users: options.users ?? DEFAULT_USERS,
    graph: seed.graph,
    groups: [...seed.groups, ...without(GROUPS, seed.groups, ['id'])],
    signingKeys: kept?.signingKeys ?? options.signingKeys ?? [],
    sealKey: kept?.sealKey,
    changed: keeper?.changed,
  });
  kept?.restore(state);
  const { listenEverywhere: everywhere } = options;
  const listener = await listen(createApp(state, everywhere), options.port, { tls: place.tls, everywhere });
  const keysKept = state.keys.ready().then(keeper?.changed);
  return running(state, place, {
    ...listener,
    async close() {
      await Promise.all([listener.close(), keeper === undefined ? undefined : keysKept]);
      keeper?.finish();
    },
  });
}

/** What is known from the start: the seed's before what is built in. */
function registryOf(seed: Seed, options: EmulatorOptions): Omit<Registry, 'allowedHosts'> {
  const { tenants, accounts, registrations } = seed;
  return {
    tenants: [...without(TENANTS, tenants, ['id']), ...tenants],
    accounts: [...accounts, ...without(ACCOUNTS, accounts, ['username', 'objectId'])],
    registrations: [...registrations, ...without(REGISTRATIONS, registrations, ['clientId'])],
    strict: options.strictRegistrations ?? registrations.length > 0,
    tokenVersion: options.tokenVersion ?? 1,
  };
}

/** What is built in, but for what the seed has an entry of its own for. */
function without<One>(
  builtIn: readonly One[],
  own: readonly One[],
  keys: readonly (keyof One)[],
): readonly One[] {
  return builtIn.filter((one) => !own.some((other) => keys.some((key) => other[key] === one[key])));
}

type SignIns = Pick<Emulator, 'signIn' | 'signInByFetch'>;

function running(state: EmulatorState, place: Place, listener: Listener): Emulator {
  const url = addressOf(listener.port, place);
  const { port } = listener;
  const isOwn = (address: URL): boolean => isAt(address, port, place);
  return {
    ...{ url, baseUrl: url, port, tenants: state.tenants, clock: state.clock },
    get accounts() {
      return state.accounts;
    },
    get registrations() {
      return state.registrations;
    },
    environment: () => environmentOf(state, place, url),
    openidConfiguration: (tenant) => openidConfiguration(url, readAuthority(tenant, state)),
    ...signIns(state, { port, certificate: place.tls?.cert, isOwn }),
    accessToken: (request) => madeAccessToken(request, url, state).token,
    putAccount: (account) => putAccount(account, state),
    removeAccount: (username) => removeAccount(username, state),
    putRegistration: (registration) => putRegistration(registration, state),
    removeRegistration: (clientId) => removeRegistration(clientId, state),
    putSeed: (seed) => putSeed(seed, state),
    seed: () => seedFrom(state),
    ledger: () => state.ledger.entries(),
    addFault: (fault) => state.faults.add(fault),
    clearFaults: () => state.faults.clear(),
    reset: () => resetEmulatorState(state),
    close: () => listener.close(),
  };
}

/** Signing in for tests. A code that no earlier sign-in got tells a page that came straight back from one not sent yet. */
function signIns(state: EmulatorState, place: Parameters<typeof signInByFetch>[2]): SignIns {
  let known: string | undefined;
  const latest = () => state.codes.entries().at(-1) ?? [];
  const noted = <Result>(result: Result): Result => {
    [known] = latest();
    return result;
  };
  const newcomer = (): string | undefined => {
    const [code, issued] = latest();
    return code === known ? undefined : issued?.grant.username;
  };
  return {
    signIn: async (page, username) => noted(await signInOnPage(page, username, newcomer)),
    signInByFetch: async (address, username) => noted(await signInByFetch(address, username, place)),
  };
}

/** The first app of the seed, or the built-in one. */
function environmentOf(
  { registrations: [app] }: EmulatorState,
  place: Place,
  url: string,
): EmulatorEnvironment {
  return {
    CLIENT_ID: app?.clientId ?? '',
    CLIENT_SECRET: app?.secrets[0]?.value ?? '',
    AUTHORITY: `${place.isMicrosoft ? 'https://login.microsoftonline.com' : url}/${authorityOf(app)}`,
    GRAPH_ENDPOINT: place.isMicrosoft ? 'https://graph.microsoft.com' : url,
    ...certificateEnvironment(place),
  };
}

/** An app of one tenant is refused at the authorities for several. */
function authorityOf(app: Registration | undefined): string {
  return app?.accountTypes === 'single-tenant' ? app.homeTenantId : 'common';
}
