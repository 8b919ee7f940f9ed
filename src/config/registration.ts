import { ConfigurationError } from '../errors.ts';
import { readProxies } from '../proxies.ts';
import { readClientId, readGraphEndpoint, readScopes, readWebAuthority } from './application.ts';
import { readPlace } from './place.ts';
import { graphOriginsOf } from './platform/index.ts';
import {
  azureReader,
  CREDENTIALS,
  type EnvFile,
  type Environment,
  nameProblems,
  namesSet,
} from './sources/index.ts';

/** What the settings say of a registration, which may not be there yet. */
export interface RegistrationSettings {
  clientId?: string;
  authority: string;
  graphEndpoint: string;
  baseUrl: string;
  redirectPath: string;
  /** Asked for at each sign-in. */
  scopes: readonly string[];
  /** Asked for where somebody wants more. */
  optionalScopes: readonly string[];
  clientSecret?: string;
  certificateFile?: string;
  privateKeyFile?: string;
  passphrase?: string;
  /** A federated token or a managed identity. */
  isFederated: boolean;
  hasSessionSecret: boolean;
  /** Set settings that keep a client secret in `.env` from counting. */
  insteadOfSecret: readonly string[];
}

const OTHER_CREDENTIALS = CREDENTIALS.filter((name) => name !== 'CLIENT_SECRET');

/**
 * Reads them.
 * @throws ConfigurationError with one line per problem, naming the variable and the rule and never the value
 */
export function readRegistrationSettings(
  environment: Environment,
  file: EnvFile | undefined,
): RegistrationSettings {
  if (file?.isUnusable) throw new ConfigurationError(file.problems);
  const problems: string[] = [...(file?.problems ?? [])];
  const variables = { ...file?.variables, ...environment };
  const read = azureReader(variables, problems);
  const authority = readWebAuthority(read, read.text('NODE_ENV') === 'production');
  const graphEndpoint = readGraphEndpoint(read, authority, false);
  const clientId = read.text('CLIENT_ID') === undefined ? undefined : readClientId(read);
  const credential = {
    clientSecret: read.secret('CLIENT_SECRET'),
    certificateFile: read.text('CLIENT_CERTIFICATE'),
    privateKeyFile: read.text('CLIENT_PRIVATE_KEY'),
    passphrase: read.secret('CLIENT_PRIVATE_KEY_PASSPHRASE'),
  };
  const { baseUrl, redirectPath } = readPlace(read);
  const names = { file: namesSet(file?.variables ?? {}), environment: namesSet(environment) };
  const settings: RegistrationSettings = {
    ...(clientId === undefined ? {} : { clientId }),
    ...Object.fromEntries(Object.entries(credential).filter(([, value]) => value !== undefined)),
    authority: authority.url,
    ...{ graphEndpoint, baseUrl, redirectPath },
    ...readScopes(read, [...graphOriginsOf(authority), graphEndpoint]),
    isFederated: [read.text('CLIENT_ASSERTION_FILE'), read.text('CLIENT_MANAGED_IDENTITY')].some(
      (given) => given !== undefined,
    ),
    hasSessionSecret: read.secret('SESSION_SECRET') !== undefined,
    insteadOfSecret: [
      // the environment wins over the file
      ...names.environment.filter((name) => name === 'CLIENT_SECRET'),
      ...OTHER_CREDENTIALS.filter((name) => namesSet(variables).includes(name)),
    ],
  };
  problems.push(...nameProblems(names), ...readProxies(variables).problems);
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  return settings;
}
