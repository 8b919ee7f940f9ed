import { ConfigurationError } from '../errors.ts';
import { readProxies } from '../proxies.ts';
import { readAllowedTenants, readClientId, readWebAuthority } from './application.ts';
import { type CredentialSource, readCredential } from './credential.ts';
import {
  azureReader,
  type Environment,
  nameProblems,
  namesSet,
  withAzureVariables,
} from './sources/index.ts';

/** The settings of an API that checks access tokens. */
export interface ApiConfig {
  /** `https://host/tenant`, without a trailing slash. */
  authority: string;
  /** Empty: any. */
  allowedTenants: readonly string[];
  /** With which the API gets tokens for the next one; absent where it calls none. */
  client?: { clientId: string; credential: CredentialSource };
}

/** Settings of `entra()`, which may stand in the same app. */
const SIGN_IN_PATHS = ['LOGIN_PATH', 'LOGOUT_PATH'];

/**
 * Reads the settings of an API.
 * @throws ConfigurationError with one line per problem, naming the variable and the rule and never the value
 */
export function readApiConfig(environment: Environment): ApiConfig {
  const problems: string[] = [];
  const read = azureReader(environment, problems);
  const isClient = read.text('CLIENT_ID') !== undefined && hasCredential(withAzureVariables(environment));
  const config: ApiConfig = {
    authority: readWebAuthority(read, read.text('NODE_ENV') === 'production').url,
    allowedTenants: readAllowedTenants(read),
    ...(isClient ? { client: { clientId: readClientId(read), credential: readCredential(read) } } : {}),
  };
  problems.push(...nameProblems({ file: [], environment: namesSet(environment, SIGN_IN_PATHS) }));
  problems.push(...readProxies(environment).problems);
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  return config;
}

/** Checking tokens needs no credential, so none has to be there. */
function hasCredential(environment: Environment): boolean {
  return namesSet(environment).some((name) =>
    /^CLIENT_(SECRET|CERTIFICATE|PRIVATE_KEY|ASSERTION|MANAGED_IDENTITY)/.test(name),
  );
}
