import { ConfigurationError } from '../errors.ts';
import { isLoopback } from '../loopback.ts';
import { readProxies } from '../proxies.ts';
import { readRedisAddress } from '../redis-address.ts';
import { isReadableByOthers } from '../text-file.ts';
import { type ApplicationSettings, emulatorApplication, readApplication } from './application.ts';
import { type OperationSettings, readOperation } from './operation.ts';
import { type PlaceSettings, readPlace } from './place.ts';
import { isOneOrganisation } from './platform/index.ts';
import { readSessions, type SessionSettings } from './sessions.ts';
import {
  AZURE_VARIABLES,
  azureReader,
  CREDENTIALS,
  type EnvFile,
  type Environment,
  type EnvironmentReader,
  nameProblems,
  namesSet,
  type SettingName,
  unknownNames,
} from './sources/index.ts';

/** The settings of the web app, checked. */
export interface Config extends PlaceSettings, ApplicationSettings, SessionSettings, OperationSettings {
  /** An OpenID configuration document (JSON) that replaces discovery. Only the local emulator sets it. */
  authorityMetadata?: string;
  /** No CLIENT_ID: the local emulator takes Microsoft's place. */
  usesEmulator: boolean;
  production: boolean;
}

export interface ConfigOptions {
  /** The `.env`, over which the environment wins. */
  file?: EnvFile | undefined;
  /** Further settings, which the caller reads. */
  otherNames?: readonly string[];
  /** Settings that the caller has no use for, so that they are somebody else's. */
  unused?: readonly SettingName[];
  /** Told in one sentence of what is unwise. */
  onWarning?: (sentence: string) => void;
}

/**
 * Reads and checks every setting.
 * @throws ConfigurationError with one line per problem, naming the variable and the rule and never the value
 */
export function readConfig(environment: Environment, options: ConfigOptions = {}): Config {
  const { file, otherNames = [], unused = [], onWarning } = options;
  if (file?.isUnusable) throw new ConfigurationError(file.problems);
  const problems: string[] = [];
  const names = {
    file: namesSet(file?.variables ?? {}),
    environment: namesSet(environment, [...otherNames, ...unused]),
  };
  const used = Object.entries({ ...file?.variables, ...environment }).filter(
    ([name]) => !unused.some((other) => other === name),
  );
  const given = Object.fromEntries(used);
  const read = azureReader(given, problems);
  const config = readAll(read);
  for (const check of CHECKS) check(config, read);
  problems.push(...(file?.problems ?? []), ...nameProblems(names));
  if (config.usesEmulator) problems.push(...azureProblems(given));
  else problems.push(...readProxies({ ...file?.variables, ...environment }).problems);
  if (file !== undefined && names.file.length === 0 && config.usesEmulator) problems.push(emptyFile(file));
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  const warnings = [...warningsOf(file, unknownNames(names)), ...keyWarnings(config)];
  for (const warning of warnings) onWarning?.(warning);
  return Object.freeze(config);
}

function readAll(read: EnvironmentReader): Config {
  const usesEmulator = read.text('CLIENT_ID') === undefined;
  const production = read.text('NODE_ENV') === 'production';
  const place = readPlace(read);
  const application = usesEmulator
    ? emulatorApplication(read, place.emulatorPort)
    : readApplication(read, production);
  return {
    ...place,
    ...application,
    ...readSessions(read, usesEmulator),
    ...readOperation(read),
    usesEmulator,
    production,
  };
}

/** Where Azure says who the app is, made-up people would be taken for real ones. */
function azureProblems(given: Environment): string[] {
  const set = namesSet(given).filter((name) => AZURE_VARIABLES.some((azure) => azure === name));
  if (set.length === 0) return [];
  return [`CLIENT_ID must be set together with ${set.join(', ')}, ${INSTEAD_OF_MICROSOFT}`];
}

/** The emulator would be taken for what was meant. */
function emptyFile({ path }: EnvFile): string {
  return `${path} sets nothing: fill in CLIENT_ID and the settings that go with it, or remove the file to try the local emulator`;
}

function warningsOf(file: EnvFile | undefined, unknown: readonly string[]): string[] {
  if (file === undefined) return [];
  if (unknown.length === 0) return [...file.warnings];
  const [is, was] = unknown.length === 1 ? ['is no setting', 'was'] : ['are no settings', 'were'];
  return [...file.warnings, `${file.path}: ${unknown.join(', ')} ${is} of this app and ${was} ignored.`];
}

function keyWarnings({ credential }: Config): string[] {
  if (credential.kind !== 'certificate' || !isReadableByOthers(credential.privateKeyFile)) return [];
  return ['CLIENT_PRIVATE_KEY names a file that every user of this machine can read: chmod 600 it.'];
}

type Check = (config: Config, read: EnvironmentReader) => void;

const checkNodeEnvironment: Check = (_config, read) => {
  const given = read.text('NODE_ENV');
  if (given !== undefined && !['development', 'production', 'test'].includes(given)) {
    read.problem('NODE_ENV', 'must be development, production or test, or not set');
  }
};

const checkMetricsPort: Check = ({ port, metricsPort }, read) => {
  if (metricsPort === port) read.problem('METRICS_PORT', 'must differ from PORT');
};

/** What an app with a registration has, and an emulator of its own has no use for. */
const TENANT_SETTINGS: readonly SettingName[] = ['AUTHORITY', ...CREDENTIALS, 'GRAPH_ENDPOINT'];

const INSTEAD_OF_MICROSOFT = 'or the local emulator would take the place of Microsoft';

/** The emulator knows no passwords, so it may serve nobody but the person at this machine. */
const checkEmulator: Check = (config, read) => {
  if (!config.usesEmulator) return;
  const because = INSTEAD_OF_MICROSOFT;
  if (config.production) read.problem('CLIENT_ID', `must be set when NODE_ENV is production, ${because}`);
  const given = TENANT_SETTINGS.filter((name) => read.text(name) !== undefined);
  if (given.length > 0)
    read.problem('CLIENT_ID', `must be set together with ${given.join(', ')}, ${because}`);
  if (!isLoopback(config.host))
    read.problem('CLIENT_ID', `must be set when HOST is not this machine only, ${because}`);
  if (!isLoopback(new URL(config.baseUrl).hostname)) {
    read.problem('CLIENT_ID', `must be set when BASE_URL is not this machine, ${because}`);
  }
  if (config.port === config.emulatorPort) read.problem('EMULATOR_PORT', 'must differ from PORT');
};

/** The same for an emulator that runs beside the app. */
const checkAuthorityHere: Check = ({ authority, host, baseUrl }, read) => {
  if (!authority.startsWith('http:') || (isLoopback(host) && isLoopback(new URL(baseUrl).hostname))) return;
  read.problem(
    'AUTHORITY',
    'must begin with https:// when HOST or BASE_URL is not this machine: an emulator knows no passwords',
  );
};

const checkSecretsDiffer: Check = ({ credential, sessionSecrets }, read) => {
  if (credential.kind === 'secret' && sessionSecrets.includes(credential.secret)) {
    read.problem('SESSION_SECRET', 'must not be the client secret');
  }
};

const checkRedis: Check = ({ redisUrl, redisAuth, production }, read) => {
  const address = readRedisAddress(redisUrl ?? '');
  const isSecret = production || redisAuth === 'entra';
  if (address === undefined || !isSecret || address.tls) return;
  if (!address.hosts.every(({ host }) => isLoopback(host))) {
    read.problem(
      'REDIS_URL',
      `must begin with rediss:// (rediss+sentinel://) ${production ? 'in production' : 'with REDIS_AUTH=entra'} unless Redis is on this machine`,
    );
  }
};

/** A token for Redis takes an app with an identity in the tenant of that Redis. */
const checkRedisAuth: Check = ({ redisAuth, redisUrl, usesEmulator, credential, authority }, read) => {
  if (redisAuth !== 'entra') return;
  if (usesEmulator)
    read.problem('CLIENT_ID', `must be set together with REDIS_AUTH, ${INSTEAD_OF_MICROSOFT}`);
  if (read.text('REDIS_URL') === undefined && read.text('REDIS_URL_FILE') === undefined)
    read.problem('REDIS_URL', 'must be set together with REDIS_AUTH=entra');
  const { username, password } = readRedisAddress(redisUrl ?? '') ?? {};
  if (username !== undefined || password !== undefined)
    read.problem(
      'REDIS_URL',
      'must be without user and password with REDIS_AUTH=entra, which brings its own',
    );
  if (usesEmulator || credential.kind === 'managed-identity' || isOneOrganisation(authority)) return;
  read.problem(
    'REDIS_AUTH',
    'is entra, which needs AUTHORITY to end with one tenant of an organisation, or CLIENT_MANAGED_IDENTITY: an app has an identity of its own in each tenant',
  );
};

const CHECKS: readonly Check[] = [
  checkNodeEnvironment,
  checkMetricsPort,
  checkEmulator,
  checkAuthorityHere,
  checkSecretsDiffer,
  checkRedis,
  checkRedisAuth,
];
