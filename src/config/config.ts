import { ConfigurationError } from '../errors.ts';
import { readApplication } from './application.ts';
import { type LogLevel, readOperation } from './operation.ts';
import { readPlace } from './place.ts';
import { readSessions } from './sessions.ts';
import { type Environment, isLoopback, type VariableReader, variableReader } from './variables.ts';

/** How the app proves its own identity to the token endpoint: exactly one of three. */
export type CredentialSource =
  | { kind: 'secret'; secret: string }
  | { kind: 'certificate'; certificateFile: string; privateKeyFile: string }
  | { kind: 'assertion'; assertionFile: string };

/** The settings of the web app, checked. Times are in milliseconds. */
export interface Config {
  port: number;
  host: string;
  /** Origin of the public address, without a trailing slash. */
  baseUrl: string;
  redirectPath: string;
  clientId: string;
  /** `https://host/tenant`, without a trailing slash. */
  authority: string;
  /** An OpenID configuration document (JSON) that replaces discovery. Only the local emulator sets it. */
  authorityMetadata?: string;
  credential: CredentialSource;
  scopes: readonly string[];
  graphEndpoint: string;
  /** Empty: any. */
  allowedTenants: readonly string[];
  /** In lower case. What a link from another site may name as `domain_hint`. */
  allowedDomainHints: readonly string[];
  /** Newest first. Empty only for the local emulator, which makes its own. */
  sessionSecrets: readonly string[];
  dataDir: string;
  redisUrl?: string;
  /** In front of every key in Redis. */
  redisKeyPrefix: string;
  sessionIdleMs: number;
  sessionMaxMs: number;
  /** Express's `trust proxy`: false, a hop count, or addresses. */
  trustProxy: false | number | readonly string[];
  rateLimitPerMinute: number;
  logLevel: LogLevel;
  emulatorPort: number;
  metricsPort?: number;
  /** No CLIENT_ID: the local emulator takes Microsoft's place. */
  usesEmulator: boolean;
  production: boolean;
}

/**
 * Reads and checks every setting.
 * @throws ConfigurationError with one line per problem, naming the variable and the rule and never the value
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const read = variableReader(environment, problems);
  const usesEmulator = read.text('CLIENT_ID') === undefined;
  const place = readPlace(read);
  const config: Config = {
    ...place,
    ...readApplication(read, usesEmulator, place.emulatorPort),
    ...readSessions(read, usesEmulator),
    ...readOperation(read),
    usesEmulator,
    production: read.text('NODE_ENV') === 'production',
  };
  for (const check of [
    checkNodeEnvironment,
    checkMetricsPort,
    checkEmulator,
    checkSecretsDiffer,
    checkRedis,
  ]) {
    check(config, read);
  }
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  return Object.freeze(config);
}

function checkNodeEnvironment(_config: Config, read: VariableReader): void {
  const given = read.text('NODE_ENV');
  if (given !== undefined && !['development', 'production', 'test'].includes(given)) {
    read.problem('NODE_ENV', 'must be development, production or test, or not set');
  }
}

function checkMetricsPort({ port, metricsPort }: Config, read: VariableReader): void {
  if (metricsPort === port) read.problem('METRICS_PORT', 'must differ from PORT');
}

/** The emulator knows no passwords, so it may serve nobody but the person at this machine. */
function checkEmulator(config: Config, read: VariableReader): void {
  if (!config.usesEmulator) return;
  const because = 'or the local emulator would take the place of Microsoft';
  const tenantSettings = [
    'AUTHORITY',
    'CLIENT_SECRET',
    'CLIENT_CERTIFICATE',
    'CLIENT_PRIVATE_KEY',
    'CLIENT_ASSERTION_FILE',
    'GRAPH_ENDPOINT',
  ];
  if (config.production) read.problem('CLIENT_ID', `must be set when NODE_ENV is production, ${because}`);
  const given = tenantSettings.filter((name) => read.text(name) !== undefined);
  if (given.length > 0)
    read.problem('CLIENT_ID', `must be set together with ${given.join(', ')}, ${because}`);
  if (!isLoopback(config.host))
    read.problem('CLIENT_ID', `must be set when HOST is not this machine only, ${because}`);
  if (!isLoopback(new URL(config.baseUrl).hostname)) {
    read.problem('CLIENT_ID', `must be set when BASE_URL is not this machine, ${because}`);
  }
  if (config.port === config.emulatorPort) read.problem('EMULATOR_PORT', 'must differ from PORT');
}

function checkSecretsDiffer(config: Config, read: VariableReader): void {
  const { credential, sessionSecrets } = config;
  if (credential.kind === 'secret' && sessionSecrets.includes(credential.secret)) {
    read.problem('SESSION_SECRET', 'must not be the client secret');
  }
}

function checkRedis(config: Config, read: VariableReader): void {
  if (config.redisUrl === undefined || !config.production) return;
  const url = new URL(config.redisUrl);
  if (url.protocol === 'redis:' && !isLoopback(url.hostname)) {
    read.problem('REDIS_URL', 'must begin with rediss:// in production unless Redis is on this machine');
  }
}
