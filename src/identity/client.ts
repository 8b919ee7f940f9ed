import { ConfidentialClientApplication, LogLevel } from '@azure/msal-node';
import type { Authority, AuthorityMetadata } from './authority.ts';
import { type CachedAccessToken, newestOfEachResource } from './cached-tokens.ts';
import type { Credential } from './credential/index.ts';
import type { ExpectedIdToken } from './id-token.ts';
import type { IdentityNetwork } from './network.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The app as the identity platform knows it, and the ways to reach the platform. */
export interface ClientSettings {
  clientId: string;
  credential: Credential;
  authority: Authority;
  network: IdentityNetwork;
  keys: SigningKeys;
  redirectUri: string;
  scopes: readonly string[];
  /** Not asked for by a sign-in; renewed where they were granted. */
  optionalScopes: readonly string[];
  /** Empty: any. */
  allowedTenants: readonly string[];
  now: () => number;
}

/** Tells the platform that this app answers claims challenges (continuous access evaluation). */
const CLIENT_CAPABILITIES = ['cp1'];

/**
 * A new MSAL client over one person's token cache. New for whatever brings tokens: a shared client mixes people up,
 * because its cache only grows, and gets slower with each of them.
 */
export function openClient(settings: ClientSettings, metadata: AuthorityMetadata, cache?: string) {
  const { clientId, credential, authority, network } = settings;
  const client = new ConfidentialClientApplication({
    auth: {
      clientId,
      authority: httpsUrlOf(authority.url),
      authorityMetadata: metadata.document,
      knownAuthorities: knownAuthorities(authority.url),
      clientCapabilities: CLIENT_CAPABILITIES,
      ...credential,
    },
    system: {
      networkClient: network.forMsal(metadata.origin),
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  });
  if (cache !== undefined) client.getTokenCache().deserialize(cache);
  return client;
}

/** MSAL takes https only. It is given the metadata, so that an emulator on this machine is never asked at this address. */
function httpsUrlOf(authorityUrl: string): string {
  return authorityUrl.replace(/^http:/, 'https:');
}

const forRequests = new WeakMap<
  ClientSettings,
  { metadata: AuthorityMetadata; client: ConfidentialClientApplication }
>();

/** The client that builds authorization requests. It never holds a token, so one does for everybody. */
export function clientForRequests(settings: ClientSettings, metadata: AuthorityMetadata) {
  const made = forRequests.get(settings);
  if (made?.metadata === metadata) return made.client;
  const client = openClient(settings, metadata);
  forRequests.set(settings, { metadata, client });
  return client;
}

/** Microsoft's own hosts are known to MSAL, aliases included; any other is vouched for by the configuration. */
function knownAuthorities(authorityUrl: string): string[] {
  const { host } = new URL(authorityUrl);
  return /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|microsoft\.com|windows\.net)$/.test(
    host,
  )
    ? []
    : [host];
}

/** What an ID token of this app and authority has to agree with, but for the nonce. */
export function expectationsOf(
  settings: ClientSettings,
  metadata: AuthorityMetadata,
  homeAccountId: string,
): ExpectedIdToken {
  const { clientId, authority, allowedTenants, now } = settings;
  const { tenant, userFlow } = authority;
  return {
    clientId,
    issuer: metadata.issuer,
    tenant,
    ...(userFlow === undefined ? {} : { userFlow }),
    allowedTenants,
    homeAccountId,
    now,
  };
}

interface SerialisedCache {
  AccessToken?: Record<string, CachedAccessToken>;
}

/** Access tokens of a person that are kept: of so many APIs, those used last. */
const MOST_RESOURCES = 5;

/**
 * The cache as text, with one access token for each API: MSAL keeps one for every set of scopes that a person ever
 * used, and the record would grow without bound.
 */
export function serialiseCache(client: ConfidentialClientApplication): string {
  const text = client.getTokenCache().serialize();
  const cache = JSON.parse(text) as SerialisedCache;
  const tokens = Object.entries(cache.AccessToken ?? {});
  if (tokens.length <= 1) return text;
  const kept = new Set(
    newestOfEachResource(tokens.map(([key, token]) => ({ ...token, key })))
      .slice(0, MOST_RESOURCES)
      .map(({ key }) => key),
  );
  const accessTokens = tokens.filter(([key]) => kept.has(key));
  return JSON.stringify({ ...cache, AccessToken: Object.fromEntries(accessTokens) });
}
