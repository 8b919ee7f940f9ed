import { isIP } from 'node:net';
import { ConfigurationError } from './errors.ts';

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
  /** An OpenID configuration document (JSON) that replaces discovery. Only the local stand-in sets it. */
  authorityMetadata?: string;
  credential: CredentialSource;
  scopes: readonly string[];
  graphEndpoint: string;
  /** Empty: any. */
  allowedTenants: readonly string[];
  /** Newest first. Empty only for the local stand-in, which makes its own. */
  sessionSecrets: readonly string[];
  dataDir: string;
  redisUrl?: string;
  sessionIdleMs: number;
  sessionMaxMs: number;
  /** Express's `trust proxy`: false, a hop count, or addresses. */
  trustProxy: false | number | readonly string[];
  rateLimitPerMinute: number;
  logLevel: LogLevel;
  emulatorPort: number;
  metricsPort?: number;
  /** No CLIENT_ID: the local stand-in takes Microsoft's place. */
  standIn: boolean;
  production: boolean;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The registration that the web app uses with the local stand-in. */
export const STAND_IN_CLIENT_ID = '11111111-1111-4111-8111-111111111111';
const STAND_IN_CLIENT_SECRET = 'stand-in-client-secret-not-for-production';

/** Routes that the redirect path must not take over. */
const TAKEN_PATHS = ['/', '/login', '/logout', '/graphcall', '/healthz', '/readyz', '/language'];

/**
 * Microsoft Graph's origin for each authority host, from Microsoft's pages on national clouds.
 * The newest sovereign clouds have no published Graph host: there, GRAPH_ENDPOINT has to say it.
 */
const GRAPH_OF_AUTHORITY: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'https://graph.microsoft.com',
  'login.microsoftonline.us': 'https://graph.microsoft.us',
  'login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
};
const GRAPH_ORIGINS = new Set([...Object.values(GRAPH_OF_AUTHORITY), 'https://dod-graph.microsoft.us']);
const SOVEREIGN_AUTHORITY = /^login\.sovcloud-identity\.(fr|de|sg)$/;

/** Other names of one and the same identity platform. Source: the platform's own instance discovery. */
const AUTHORITY_ALIASES: Readonly<Record<string, string>> = {
  'login.windows.net': 'login.microsoftonline.com',
  'login.microsoft.com': 'login.microsoftonline.com',
  'sts.windows.net': 'login.microsoftonline.com',
  'login.usgovcloudapi.net': 'login.microsoftonline.us',
  'login.chinacloudapi.cn': 'login.partner.microsoftonline.cn',
};

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;
const PLACEHOLDER = /enter_the|<.*>|your[-_ ]|change[-_ ]?me|placeholder/i;
const MIN_SECRET_CHARACTERS = 32;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks every setting.
 * @throws ConfigurationError with one line per problem, naming the variable and the rule and never the value
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const read = variableReader(environment, problems);
  const standIn = read.text('CLIENT_ID') === undefined;
  const place = readPlace(read);
  const config: Config = {
    ...place,
    ...readApplication(read, standIn, place.emulatorPort),
    ...readSessions(read, standIn),
    ...readOperation(read),
    standIn,
    production: read.text('NODE_ENV') === 'production',
  };
  for (const check of [checkNodeEnvironment, checkStandIn, checkSecretsDiffer, checkRedis]) {
    check(config, read);
  }
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  return Object.freeze(config);
}

interface VariableReader {
  /** The trimmed value; an empty one counts as absent. */
  text(name: string): string | undefined;
  problem(name: string, rule: string): void;
  integer(name: string, fallback: number, least: number, most: number): number;
}

function variableReader(environment: Environment, problems: string[]): VariableReader {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const problem = (name: string, rule: string) => void problems.push(`${name} ${rule}`);
  return {
    text,
    problem,
    integer(name, fallback, least, most) {
      const given = text(name);
      if (given === undefined) return fallback;
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      if (value >= least && value <= most) return value;
      problem(name, `must be a whole number from ${least} to ${most}`);
      return fallback;
    },
  };
}

type Place = Pick<Config, 'port' | 'host' | 'baseUrl' | 'redirectPath' | 'emulatorPort'>;

function readPlace(read: VariableReader): Place {
  const port = read.integer('PORT', 5000, 1, 65_535);
  const emulatorPort = read.integer('EMULATOR_PORT', 5001, 1, 65_535);
  return {
    port,
    host: readHost(read),
    baseUrl: readOrigin(read, 'BASE_URL') ?? `http://localhost:${port}`,
    redirectPath: readRedirectPath(read),
    emulatorPort,
  };
}

function readHost(read: VariableReader): string {
  const host = read.text('HOST') ?? 'localhost';
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) {
    read.problem('HOST', 'must be a host name or an IP address, without a scheme or a port');
  }
  return host;
}

function readOrigin(read: VariableReader, name: string): string | undefined {
  const given = read.text(name);
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    read.problem(name, 'must be an absolute address that begins with https:// (or http:// on this machine)');
    return undefined;
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password || given.endsWith('#')) {
    read.problem(name, 'must be only scheme, host and port, without a path, a query or a user name');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    read.problem(name, 'must begin with https:// unless the host is localhost');
  }
  return url.origin;
}

function readRedirectPath(read: VariableReader): string {
  const path = read.text('REDIRECT_PATH') ?? '/getAToken';
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(path) || /(^|\/)\.{1,2}(\/|$)/.test(path)) {
    read.problem(
      'REDIRECT_PATH',
      'must be a path such as /getAToken, without a host, query, fragment or wildcard',
    );
  } else if (TAKEN_PATHS.some((taken) => taken === path.toLowerCase())) {
    read.problem('REDIRECT_PATH', 'must not be one of the other pages of this app');
  }
  return path;
}

type Application = Pick<
  Config,
  'clientId' | 'authority' | 'credential' | 'scopes' | 'graphEndpoint' | 'allowedTenants'
>;

function readApplication(read: VariableReader, standIn: boolean, emulatorPort: number): Application {
  const common = { scopes: readScopes(read), allowedTenants: readAllowedTenants(read) };
  if (standIn) {
    return {
      ...common,
      clientId: STAND_IN_CLIENT_ID,
      authority: 'https://login.microsoftonline.com/common',
      credential: { kind: 'secret', secret: STAND_IN_CLIENT_SECRET },
      graphEndpoint: `http://localhost:${emulatorPort}`,
    };
  }
  const authority = readAuthority(read);
  return {
    ...common,
    clientId: readClientId(read),
    authority,
    credential: readCredential(read),
    graphEndpoint: readGraphEndpoint(read, new URL(authority).hostname),
  };
}

function readClientId(read: VariableReader): string {
  const clientId = read.text('CLIENT_ID') ?? '';
  if (!GUID.test(clientId)) {
    read.problem('CLIENT_ID', 'must be the Application (client) ID of the registration, a GUID');
  }
  return clientId;
}

function readAuthority(read: VariableReader): string {
  const fallback = 'https://login.microsoftonline.com/common';
  const given = read.text('AUTHORITY') ?? fallback;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (PLACEHOLDER.test(given) || url?.protocol !== 'https:') {
    read.problem('AUTHORITY', 'must be an https address such as https://login.microsoftonline.com/common');
    return fallback;
  }
  if (url.search || url.hash || url.username || url.password) {
    read.problem('AUTHORITY', 'must not hold a query, a fragment or a user name');
  }
  const path = url.pathname.replace(/\/+$/, '');
  const tenant = path.split('/')[1] ?? '';
  if (!isTenantName(tenant) && !(path === '' && isCiam(url.hostname))) {
    read.problem('AUTHORITY', 'must end with common, organizations, consumers, a tenant id or a tenant name');
  }
  return `https://${AUTHORITY_ALIASES[url.host] ?? url.host}${path}`;
}

function isTenantName(name: string): boolean {
  return /^(common|organizations|consumers|tfp)$/i.test(name) || GUID.test(name) || DOMAIN.test(name);
}

function isCiam(hostname: string): boolean {
  return hostname.endsWith('.ciamlogin.com');
}

function readCredential(read: VariableReader): CredentialSource {
  const secret = read.text('CLIENT_SECRET');
  const certificateFile = read.text('CLIENT_CERTIFICATE');
  const privateKeyFile = read.text('CLIENT_PRIVATE_KEY');
  const assertionFile = read.text('CLIENT_ASSERTION_FILE');
  const kinds = [secret, certificateFile ?? privateKeyFile, assertionFile].filter(
    (given) => given !== undefined,
  );
  if (kinds.length > 1) {
    read.problem('CLIENT_SECRET', 'and the other credentials exclude each other: set only one kind');
  }
  if (certificateFile !== undefined || privateKeyFile !== undefined) {
    if (certificateFile === undefined)
      read.problem('CLIENT_CERTIFICATE', 'must name the PEM file that CLIENT_PRIVATE_KEY belongs to');
    if (privateKeyFile === undefined)
      read.problem('CLIENT_PRIVATE_KEY', 'must name the PEM file that CLIENT_CERTIFICATE belongs to');
    return {
      kind: 'certificate',
      certificateFile: certificateFile ?? '',
      privateKeyFile: privateKeyFile ?? '',
    };
  }
  if (assertionFile !== undefined) return { kind: 'assertion', assertionFile };
  return { kind: 'secret', secret: readClientSecret(read, secret) };
}

function readClientSecret(read: VariableReader, secret: string | undefined): string {
  if (secret === undefined) {
    read.problem(
      'CLIENT_SECRET',
      'is missing: set it, or CLIENT_CERTIFICATE and CLIENT_PRIVATE_KEY, or CLIENT_ASSERTION_FILE',
    );
  } else if (PLACEHOLDER.test(secret)) {
    read.problem('CLIENT_SECRET', 'still holds a placeholder: put the value of a client secret there');
  }
  return secret ?? '';
}

function readScopes(read: VariableReader): string[] {
  const scopes = (read.text('SCOPE') ?? 'User.ReadBasic.All').split(/\s+/);
  if (!scopes.every((scope) => /^[A-Za-z0-9:/._-]{1,200}$/.test(scope)) || scopes.length > 20) {
    read.problem('SCOPE', 'must be delegated permissions of Microsoft Graph, separated by spaces');
  }
  if (scopes.some((scope) => /(^|\/)\.default$/i.test(scope))) {
    read.problem('SCOPE', 'must name delegated permissions one by one: .default is for the daemon');
  }
  return scopes;
}

function readAllowedTenants(read: VariableReader): string[] {
  const tenants = listOf(read.text('ALLOWED_TENANTS')).map((tenant) => tenant.toLowerCase());
  if (!tenants.every((tenant) => GUID.test(tenant))) {
    read.problem('ALLOWED_TENANTS', 'must be tenant ids (GUIDs), separated by commas');
  }
  return tenants;
}

function readGraphEndpoint(read: VariableReader, authorityHost: string): string {
  const known = GRAPH_OF_AUTHORITY[authorityHost] ?? 'https://graph.microsoft.com';
  const sovereign = SOVEREIGN_AUTHORITY.test(authorityHost);
  const given = readOrigin(read, 'GRAPH_ENDPOINT');
  if (given === undefined) {
    if (sovereign)
      read.problem('GRAPH_ENDPOINT', 'must be set for this cloud, whose Graph address is not public');
    return known;
  }
  if (!sovereign && !GRAPH_ORIGINS.has(given) && !isLoopback(new URL(given).hostname)) {
    read.problem(
      'GRAPH_ENDPOINT',
      'must be the address of Microsoft Graph, such as https://graph.microsoft.com',
    );
  }
  return given;
}

type Sessions = Pick<Config, 'sessionSecrets' | 'dataDir' | 'redisUrl' | 'sessionIdleMs' | 'sessionMaxMs'>;

function readSessions(read: VariableReader, standIn: boolean): Sessions {
  const redisUrl = readRedisUrl(read);
  const idleMinutes = read.integer('SESSION_IDLE_MINUTES', 60, 1, 10_080);
  const maxHours = read.integer('SESSION_MAX_HOURS', 12, 1, 720);
  return {
    sessionSecrets: readSessionSecrets(read, standIn),
    dataDir: read.text('DATA_DIR') ?? '.data',
    ...(redisUrl === undefined ? {} : { redisUrl }),
    sessionIdleMs: idleMinutes * 60_000,
    sessionMaxMs: maxHours * 3_600_000,
  };
}

function readSessionSecrets(read: VariableReader, standIn: boolean): string[] {
  const secrets = listOf(read.text('SESSION_SECRET'));
  if (secrets.length === 0 && !standIn) {
    read.problem(
      'SESSION_SECRET',
      `is missing: put ${MIN_SECRET_CHARACTERS} or more random characters there`,
    );
  }
  if (secrets.some((secret) => PLACEHOLDER.test(secret))) {
    read.problem('SESSION_SECRET', 'still holds a placeholder or sample value: make a random one');
  } else if (secrets.some((secret) => secret.length < MIN_SECRET_CHARACTERS)) {
    read.problem('SESSION_SECRET', `must be ${MIN_SECRET_CHARACTERS} characters or more, each one of a list`);
  }
  return secrets;
}

function readRedisUrl(read: VariableReader): string | undefined {
  const given = read.text('REDIS_URL');
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    read.problem('REDIS_URL', 'must be an address such as rediss://user:password@host:6379');
    return undefined;
  }
  return given;
}

type Operation = Pick<Config, 'trustProxy' | 'rateLimitPerMinute' | 'logLevel' | 'metricsPort'>;

function readOperation(read: VariableReader): Operation {
  const metricsPort = read.integer('METRICS_PORT', 0, 1, 65_535);
  return {
    trustProxy: readTrustProxy(read),
    rateLimitPerMinute: read.integer('RATE_LIMIT_PER_MINUTE', 60, 0, 1_000_000),
    logLevel: readLogLevel(read),
    ...(metricsPort === 0 ? {} : { metricsPort }),
  };
}

function readTrustProxy(read: VariableReader): Config['trustProxy'] {
  const given = read.text('TRUST_PROXY') ?? 'off';
  if (/^(off|false|0)$/i.test(given)) return false;
  if (/^[1-9]\d?$/.test(given)) return Number(given);
  const addresses = listOf(given);
  if (addresses.every(isProxyAddress)) return addresses;
  read.problem(
    'TRUST_PROXY',
    'must be off, the number of proxies, or their addresses; trusting everybody is refused',
  );
  return false;
}

function isProxyAddress(address: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(address)) return true;
  const [ip = '', bits, ...rest] = address.split('/');
  const version = isIP(ip);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function readLogLevel(read: VariableReader): LogLevel {
  const given = read.text('LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((known) => known === given);
  if (level === undefined) read.problem('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`);
  return level ?? 'info';
}

function checkNodeEnvironment(_config: Config, read: VariableReader): void {
  const given = read.text('NODE_ENV');
  if (given !== undefined && !['development', 'production', 'test'].includes(given)) {
    read.problem('NODE_ENV', 'must be development, production or test, or not set');
  }
}

/** The stand-in knows no passwords, so it may serve nobody but the person at this machine. */
function checkStandIn(config: Config, read: VariableReader): void {
  if (!config.standIn) return;
  const because = 'or the local stand-in would take the place of Microsoft';
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

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Whether a host name or address means this machine, whatever a name server says. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}
