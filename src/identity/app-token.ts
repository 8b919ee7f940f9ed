import type { AuthenticationResult, ConfidentialClientApplication, INetworkModule } from '@azure/msal-node';
import type { AuthorityMetadata } from './authority.ts';
import { type ClientSettings, openClient, serialiseCache } from './client.ts';
import { fromMsal } from './msal-error.ts';
import type { IdentityNetwork } from './network.ts';

/** Why the access token at hand will not do. */
interface AppTokenOptions {
  /** A claims challenge (JSON text) that the new token has to meet. */
  claims?: string;
  /** The token at hand was refused without a challenge, or is from before a consent. */
  forceRefresh?: boolean;
}

interface AppTokenGiven {
  /** Sent as `client-request-id`. */
  correlationId: string;
  /** The token cache of an earlier run; whatever cannot be read counts as none. */
  cache?: string | undefined;
  /** Told before the platform is asked for a token. */
  onRequest?: () => void;
  /** Told of the changed cache. */
  onCache?: (cache: string) => Promise<void>;
}

/**
 * Access tokens of the app's own identity (OAuth 2.0 client credentials, RFC 6749, section 4.4): from the cache while
 * one there is valid, else from the platform. Makes the function that a Graph call takes its tokens from.
 * @param settings whose one scope is `RESOURCE/.default`
 */
export function createAppTokenSource(
  settings: ClientSettings,
  given: AppTokenGiven,
): (options?: AppTokenOptions) => Promise<string> {
  let { cache } = given;
  const announcing = { ...settings, network: announced(settings.network, given.onRequest) };
  return async (options = {}) => {
    const client = openWithCache(announcing, await settings.authority.metadata(), cache);
    const result = await acquire(client, settings, given.correlationId, options);
    if (!result.fromCache) {
      cache = serialiseCache(client);
      await given.onCache?.(cache);
    }
    return result.accessToken;
  };
}

function openWithCache(settings: ClientSettings, metadata: AuthorityMetadata, cache: string | undefined) {
  try {
    return openClient(settings, metadata, cache);
  } catch {
    return openClient(settings, metadata);
  }
}

async function acquire(
  client: ConfidentialClientApplication,
  settings: ClientSettings,
  correlationId: string,
  options: AppTokenOptions,
): Promise<AuthenticationResult> {
  try {
    const result = await client.acquireTokenByClientCredential({
      scopes: [...settings.scopes],
      correlationId,
      skipCache: options.forceRefresh ?? false,
      ...(options.claims === undefined ? {} : { claims: options.claims }),
    });
    if (result === null) throw new Error('no result');
    return result;
  } catch (error) {
    throw fromMsal(error);
  }
}

/** MSAL says only afterwards that it did not find a token in its cache; its first POST says it in time. */
function announced(network: IdentityNetwork, onRequest: (() => void) | undefined): IdentityNetwork {
  const announce = (module: INetworkModule): INetworkModule => ({
    sendGetRequestAsync: (url, options) => module.sendGetRequestAsync(url, options),
    sendPostRequestAsync: (url, options) => {
      onRequest?.();
      return module.sendPostRequestAsync(url, options);
    },
  });
  return { ...network, forMsal: (origin) => announce(network.forMsal(origin)) };
}
