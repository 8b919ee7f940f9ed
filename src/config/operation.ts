import { isIP } from 'node:net';
import { withoutBrackets } from '../loopback.ts';
import { type EnvironmentReader, listOf } from './sources/index.ts';

/** pino's levels. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** How the app is run. */
export interface OperationSettings {
  /** Express's `trust proxy`: false, a hop count, or addresses. */
  trustProxy: false | number | readonly string[];
  rateLimitPerMinute: number;
  logLevel: LogLevel;
  metricsPort?: number;
  /** An address of this machine. */
  metricsHost: string;
}

/** Reads them. */
export function readOperation(read: EnvironmentReader): OperationSettings {
  const metricsPort = read.integer('METRICS_PORT', 0, 1, 65_535);
  return {
    trustProxy: readTrustProxy(read),
    rateLimitPerMinute: read.integer('RATE_LIMIT_PER_MINUTE', 60, 0, 1_000_000),
    logLevel: readLogLevel(read),
    metricsHost: readMetricsHost(read),
    ...(metricsPort === 0 ? {} : { metricsPort }),
  };
}

function readTrustProxy(read: EnvironmentReader): OperationSettings['trustProxy'] {
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

function readLogLevel(read: EnvironmentReader): LogLevel {
  const given = read.text('LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((known) => known === given);
  if (level === undefined) read.problem('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`);
  return level ?? 'info';
}

function readMetricsHost(read: EnvironmentReader): string {
  const given = withoutBrackets(read.text('METRICS_HOST') ?? '127.0.0.1');
  if (isIP(given) === 0)
    read.problem('METRICS_HOST', 'must be an IP address of this machine, such as 0.0.0.0 or ::');
  return given;
}
