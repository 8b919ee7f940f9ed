import type { Config } from '../config/index.ts';
import { type ClientSettings, createCredential, createIdentity } from '../identity/index.ts';

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
