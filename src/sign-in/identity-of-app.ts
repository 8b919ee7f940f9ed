import { randomUUID } from 'node:crypto';
import { cloudOfAuthority, cloudOfGraph, GLOBAL_GRAPH } from '../clouds.ts';
import type { Config } from '../config/index.ts';
import {
  type ClientSettings,
  createAppTokenSource,
  createCredential,
  createIdentity,
  createManagedIdentity,
  readServiceToken,
} from '../identity/index.ts';

interface Surroundings {
  now: () => number;
  /** Told in one sentence of what is unwise. */
  onWarning: (sentence: string) => void;
  /** Told of each request to the identity platform. */
  onTokenRequest?: ((exchange: { status: number; durationMs: number }) => void) | undefined;
}

/** The app as the identity platform knows it. @throws ConfigurationError for a credential that cannot be used */
export function identityOfApp(
  config: Config,
  { now, onWarning, onTokenRequest }: Surroundings,
): ClientSettings {
  return createIdentity({
    ...config,
    credential: createCredential(config.credential, now, { onWarning, authority: config.authority }),
    redirectUri: `${config.baseUrl}${config.redirectPath}`,
    network: onTokenRequest === undefined ? {} : { onExchange: onTokenRequest },
    now,
  });
}

/** Azure's Redis as a resource; in other clouds than the global one by its application id. Source: Microsoft's page on Microsoft Entra authentication for Azure Managed Redis. */
const REDIS = 'https://redis.azure.com';
const REDIS_APP_ID = 'acca5fbb-b7e4-4009-81f1-37e38fd66d78';

/** Tokens of the app itself for its Redis, with the object id of the identity as user: a managed identity's own, else the registration's. */
export function tokensForRedis(config: Config) {
  const token = tokensOfItself(config, resourceOfRedis(config));
  return async ({ isNew }: { isNew: boolean }) => {
    const { accessToken, objectId, expiresAtMs } = readServiceToken(await token({ forceRefresh: isNew }));
    return { username: objectId, password: accessToken, expiresAtMs };
  };
}

function resourceOfRedis({ authority }: Config): string {
  const cloud = cloudOfAuthority(new URL(authority).hostname);
  return cloud === undefined || cloud === cloudOfGraph(GLOBAL_GRAPH) ? REDIS : REDIS_APP_ID;
}

function tokensOfItself(
  config: Config,
  resource: string,
): (wish: { forceRefresh: boolean }) => Promise<string> {
  const { credential: source, authority } = config;
  if (source.kind === 'managed-identity') {
    const token = createManagedIdentity(source);
    return (wish) => token(resource, wish);
  }
  const scopes = [`${resource}/.default`];
  const credential = createCredential(source, Date.now, { authority });
  const settings = createIdentity({ ...config, credential, scopes, redirectUri: '', now: Date.now });
  return createAppTokenSource(settings, { correlationId: randomUUID() });
}
