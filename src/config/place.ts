import { isIP } from 'node:net';
import { isLoopback, withoutBrackets } from '../loopback.ts';
import type { EnvironmentReader, SettingName } from './sources/index.ts';

/** First segments of the app's other pages, which the redirect path must not take over. */
const TAKEN_SEGMENTS = [
  'login',
  'logout',
  'language',
  'appearance',
  'permissions',
  'sessions',
  'graphcall',
  'healthz',
  'readyz',
];

/** Where the app listens and what its public address is. */
export interface PlaceSettings {
  /** Or the path of a Unix socket, or the name of a pipe on Windows. */
  port: number | string;
  host: string;
  /** The public address: an origin, and a path where the app is below one, without a slash at its end. */
  baseUrl: string;
  redirectPath: string;
  emulatorPort: number;
}

/** Reads them. */
export function readPlace(read: EnvironmentReader): PlaceSettings {
  const port = readPort(read);
  const emulatorPort = read.integer('EMULATOR_PORT', 5001, 1, 65_535);
  return {
    port,
    host: readHost(read),
    baseUrl: readBaseUrl(read) ?? usualBaseUrl(read, port),
    redirectPath: readRedirectPath(read),
    emulatorPort,
  };
}

/** `/run/app/app.sock`; `\\.\pipe\app`, as App Service on Windows says it. */
const SOCKET = /^(\/[^\0]+|\\\\[.?]\\pipe\\.{1,200})$/i;
/** What a socket's address has room for (unix(7)). */
const MOST_BYTES = 107;

function readPort(read: EnvironmentReader): number | string {
  const given = read.text('PORT') ?? '';
  const isShort = !given.startsWith('/') || Buffer.byteLength(given) <= MOST_BYTES;
  return SOCKET.test(given) && isShort && !given.endsWith('/') ? given : readNumber(read, given);
}

function readNumber(read: EnvironmentReader, given: string): number {
  if (!/[/\\]/.test(given)) return read.integer('PORT', 5000, 1, 65_535);
  read.problem(
    'PORT',
    'is no path of a socket: it is absolute, and has 107 characters (bytes of UTF-8) at most',
  );
  return 5000;
}

function usualBaseUrl(read: EnvironmentReader, port: number | string): string {
  if (typeof port === 'number') return `http://localhost:${port}`;
  read.problem('BASE_URL', 'must be set when PORT is a socket, which no browser can reach');
  return 'http://localhost';
}

function readHost(read: EnvironmentReader): string {
  const host = withoutBrackets(read.text('HOST') ?? 'localhost');
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) {
    read.problem('HOST', 'must be a host name or an IP address, without a scheme or a port');
  }
  return host;
}

/** An address of scheme, host and port only. @returns `undefined` where the variable is not set or no address */
export function readOrigin(read: EnvironmentReader, name: SettingName): string | undefined {
  const url = readAddress(read, name);
  if (url !== undefined && url.pathname !== '/')
    read.problem(name, 'must be only scheme, host and port, without a path, a query or a user name');
  return url?.origin;
}

/** Steps of a path that every proxy, cookie and browser writes alike. */
const PLAIN_PATH = /^(\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*\/?$/;

/** The app may share its host with others, below a path of its own: `https://host/people`. */
function readBaseUrl(read: EnvironmentReader): string | undefined {
  const url = readAddress(read, 'BASE_URL');
  if (url === undefined) return undefined;
  if (!PLAIN_PATH.test(url.pathname))
    read.problem('BASE_URL', 'may have a path such as /people, of letters, digits and hyphens');
  return `${url.origin}${url.pathname.replace(/\/$/, '')}`;
}

function readAddress(read: EnvironmentReader, name: SettingName): URL | undefined {
  const given = read.text(name);
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    read.problem(name, 'must be an absolute address that begins with https:// (or http:// on this machine)');
    return undefined;
  }
  if (url.search || url.hash || url.username || url.password || /[?#]$/.test(given))
    read.problem(name, 'must have no query, no fragment and no user name');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    read.problem(name, 'must begin with https:// unless the host is localhost');
  return url;
}

/** Without a dot it cannot be the name of a file in public either. */
function readRedirectPath(read: EnvironmentReader): string {
  const path = read.text('REDIRECT_PATH') ?? '/getAToken';
  const [, segment = ''] = path.toLowerCase().split('/');
  if (!/^(\/[A-Za-z0-9_~-]+)+$/.test(path)) {
    read.problem(
      'REDIRECT_PATH',
      'must be a path such as /getAToken, without a host, query, fragment, dot or wildcard',
    );
  } else if (TAKEN_SEGMENTS.includes(segment)) {
    read.problem('REDIRECT_PATH', 'must not be one of the other pages of this app, or begin like one');
  }
  return path;
}
