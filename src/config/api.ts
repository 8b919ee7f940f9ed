import { ConfigurationError } from '../errors.ts';
import { readAllowedTenants, readClientId } from './application.ts';
import { readAuthority } from './clouds.ts';
import type { CredentialSource } from './config.ts';
import { readCredential } from './credential.ts';
import { type Environment, variableReader } from './variables.ts';

/** The settings of an API that checks access tokens. */
export interface ApiConfig {
  /** `https://host/tenant`, without a trailing slash. */
  authority: string;
  /** Empty: any. */
  allowedTenants: readonly string[];
  /** With which the API gets tokens for the next one; absent where it calls none. */
  client?: { clientId: string; credential: CredentialSource };
}

/**
 * Reads the settings of an API.
 * @throws ConfigurationError with one line per problem, naming the variable and the rule and never the value
 */
export function readApiConfig(environment: Environment): ApiConfig {
  const problems: string[] = [];
  const read = variableReader(environment, problems);
  const isClient = read.text('CLIENT_ID') !== undefined && hasCredential(environment);
  const config: ApiConfig = {
    authority: readAuthority(read),
    allowedTenants: readAllowedTenants(read),
    ...(isClient ? { client: { clientId: readClientId(read), credential: readCredential(read) } } : {}),
  };
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  return config;
}

/** Checking tokens needs no credential, so none has to be there. */
function hasCredential(environment: Environment): boolean {
  return Object.entries(environment).some(
    ([name, value]) => /^CLIENT_(SECRET|CERTIFICATE|PRIVATE_KEY|ASSERTION)/.test(name) && value?.trim(),
  );
}
