import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import {
  type Config,
  type ConfigOptions,
  type Environment,
  readConfig,
  withAzureVariables,
} from '../../config/index.ts';
import { type AppError, ConfigurationError } from '../../errors.ts';
import { isHttpsOrLoopback, isLoopback } from '../../loopback.ts';
import type { SessionRecords } from '../../sessions/index.ts';
import type { ApiOptions } from '../apis.ts';
import type { Logger, SignInEvent } from '../events.ts';
import type { RenderFailure } from '../failure.ts';
import type { AskToSignIn } from '../sign-in-or-401.ts';
import { type Kinds, optionProblems } from './kinds.ts';

/** Where sessions are kept: in this process, in a folder of this machine, in Redis, or in a store of the host's own. */
export type StoreOption = 'memory' | { folder: string } | { redisUrl: string } | SessionRecords;

/** Settings by the names of docs/library.md's environment variables, in camel case; each wins over its variable. */
export interface SettingOptions {
  clientId?: string;
  authority?: string;
  clientSecret?: string;
  clientCertificate?: string;
  clientPrivateKey?: string;
  clientPrivateKeyPassphrase?: string;
  clientAssertionFile?: string;
  clientManagedIdentity?: string;
  baseUrl?: string;
  redirectPath?: string;
  loginPath?: string;
  logoutPath?: string;
  graphEndpoint?: string;
  allowedTenants?: string | readonly string[];
  sessionSecret?: string | readonly string[];
  sessionIdleMinutes?: number;
  sessionMaxHours?: number;
  sessionsPerPerson?: number;
  rateLimitPerMinute?: number;
  authorityCustomDomain?: boolean;
  allowedDomainHints?: string | readonly string[];
  redisAuth?: 'password' | 'entra';
}

export interface EntraOptions extends SettingOptions {
  /** Delegated scopes of one API that every sign-in asks for. Default: `SCOPE`, or User.ReadBasic.All. */
  scopes?: readonly string[];
  /** Scopes of the same API that a link to the sign-in may ask for. Default: `OPTIONAL_SCOPE`, or none. */
  optionalScopes?: readonly string[];
  /** APIs beside Microsoft Graph, for `request.entra.api(name)`. */
  apis?: Readonly<Record<string, ApiOptions>>;
  /** Default: Redis where `REDIS_URL` is set, the folder of `DATA_DIR` where that is, else this process's memory. */
  store?: StoreOption;
  /** What `request.entra.groups` holds for somebody with more groups than a token has room for. Default `as-claimed`. */
  groups?: 'as-claimed' | 'resolve-overage';
  /** Shows failures instead of the plain page. */
  renderFailure?: RenderFailure;
  /** Answers a visitor in front of a guard, and a person who has to sign in again, instead of sending them off at once. */
  askToSignIn?: AskToSignIn;
  /** Answers an administrator who comes back from consenting. Default: leads to the home page. */
  consentGiven?: RequestHandler;
  /** Told of each failure that is shown, with what only a log may know. Default: a line of the logger. */
  onFailure?: (error: AppError, request: Request) => void;
  /** Default: nothing is logged. */
  logger?: Logger;
  onEvent?: (event: SignInEvent) => void;
  /** Addresses of the app that are no pages, so that a sign-in never leads there: `['/language']`. */
  neverReturnTo?: readonly string[];
  /** Tells the sessions of one `entra()` from another's in the same app: letters, digits and hyphens. */
  name?: string;
}

/** The settings of one `entra()`, checked. */
export interface EntraSettings {
  config: Config;
  loginPath: string;
  logoutPath: string;
  store: StoreOption;
  /** Sessions end with the process, because nobody gave a secret that outlives it. */
  hasPassingSecret: boolean;
}

const SETTING = 'a text, a number, true or false, or texts in a list';

/** Settings are checked as their variables are. */
export const SETTING_KINDS = {
  clientId: SETTING,
  authority: SETTING,
  clientSecret: SETTING,
  clientCertificate: SETTING,
  clientPrivateKey: SETTING,
  clientPrivateKeyPassphrase: SETTING,
  clientAssertionFile: SETTING,
  clientManagedIdentity: SETTING,
  baseUrl: SETTING,
  redirectPath: SETTING,
  loginPath: SETTING,
  logoutPath: SETTING,
  graphEndpoint: SETTING,
  allowedTenants: SETTING,
  sessionSecret: SETTING,
  sessionIdleMinutes: SETTING,
  sessionMaxHours: SETTING,
  sessionsPerPerson: SETTING,
  rateLimitPerMinute: SETTING,
  authorityCustomDomain: SETTING,
  allowedDomainHints: SETTING,
  redisAuth: SETTING,
} as const satisfies Record<keyof SettingOptions, typeof SETTING>;

const SETTING_NAMES = Object.keys(SETTING_KINDS) as (keyof SettingOptions)[];

const KINDS = {
  ...SETTING_KINDS,
  scopes: 'texts in a list',
  optionalScopes: 'texts in a list',
  apis: 'an object of APIs: { orders: { baseUrl, scopes } }',
  store: "'memory', { folder }, { redisUrl }, or a SessionRecords",
  groups: "'as-claimed' or 'resolve-overage'",
  renderFailure: 'a function',
  askToSignIn: 'a function',
  consentGiven: 'a function',
  onFailure: 'a function',
  logger: 'an object with info, warn and error, as pino has them',
  onEvent: 'a function',
  neverReturnTo: 'texts in a list',
  name: 'a text',
} as const satisfies Kinds & Record<keyof EntraOptions, string>;

/** The app around the library may have settings of its own by these names, with other values. */
const HOST_APP: ConfigOptions = {
  otherNames: ['LOGIN_PATH', 'LOGOUT_PATH'],
  unused: ['LOG_LEVEL', 'METRICS_PORT', 'METRICS_HOST', 'EMULATOR_PORT', 'TRUST_PROXY'],
};

/**
 * Reads the options over the environment, by the rules of docs/library.md.
 * @throws ConfigurationError with one line for each problem, naming the variable and the rule and never the value
 */
export function readEntraSettings(options: EntraOptions, environment: Environment): EntraSettings {
  const problems = optionProblems('entra()', options, KINDS);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const named = { ...environment, ...variablesOf(options) };
  const asked = { ...named, ...redisOf(options, named) };
  const given = withAzureVariables(asked);
  requireClientId(given);
  const { SESSION_SECRET, SESSION_SECRET_FILE } = given;
  const hasPassingSecret = !SESSION_SECRET && !SESSION_SECRET_FILE && isEmulatorsAuthority(given);
  const passing = hasPassingSecret ? { SESSION_SECRET: randomBytes(32).toString('base64url') } : {};
  const config = readConfig({ ...asked, ...passing }, HOST_APP);
  const paths = {
    loginPath: readPath(given, 'LOGIN_PATH', '/login'),
    logoutPath: readPath(given, 'LOGOUT_PATH', '/logout'),
  };
  requireDifferent([config.redirectPath, paths.loginPath, paths.logoutPath]);
  requireNames(options);
  return { config, ...paths, hasPassingSecret, store: options.store ?? storeOf(given, config) };
}

/** Where the app's identity is shown to the Redis of an option, the rules are those of `REDIS_URL`. */
function redisOf({ store }: EntraOptions, { REDIS_AUTH }: Environment): Environment {
  if (!REDIS_AUTH || typeof store !== 'object' || !('redisUrl' in store)) return {};
  return { REDIS_URL: store.redisUrl, REDIS_URL_FILE: undefined };
}

/** `sessionSecret` is `SESSION_SECRET`; lists are what a variable separates by commas, scopes by spaces. */
export function variablesOf(
  options: SettingOptions & Pick<EntraOptions, 'scopes' | 'optionalScopes'>,
): Environment {
  const settings = SETTING_NAMES.flatMap((name) => {
    const value = options[name];
    if (value === undefined) return [];
    const variable = name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
    return [[variable, Array.isArray(value) ? value.join(',') : String(value)]];
  });
  const { scopes, optionalScopes } = options;
  return {
    ...Object.fromEntries(settings),
    ...(scopes === undefined ? {} : { SCOPE: scopes.join(' ') }),
    ...(optionalScopes === undefined ? {} : { OPTIONAL_SCOPE: optionalScopes.join(' ') }),
  };
}

function requireClientId({ CLIENT_ID }: Environment): void {
  if (CLIENT_ID?.trim()) return;
  throw new ConfigurationError([
    'CLIENT_ID is missing: register an app, or start the local emulator and set the variables that it prints',
  ]);
}

/** The emulator knows no passwords, so a secret that ends with the process keeps nothing from anybody. */
function isEmulatorsAuthority({ AUTHORITY = '' }: Environment): boolean {
  return URL.canParse(AUTHORITY) && isLoopback(new URL(AUTHORITY).hostname);
}

function readPath(given: Environment, name: string, fallback: string): string {
  const path = given[name]?.trim() || fallback;
  if (/^(\/[A-Za-z0-9_~-]+)+$/.test(path)) return path;
  throw new ConfigurationError([
    `${name} must be a path such as ${fallback}, without a host, query or wildcard`,
  ]);
}

function requireDifferent(paths: readonly string[]): void {
  if (new Set(paths.map((path) => path.toLowerCase())).size === paths.length) return;
  throw new ConfigurationError(['REDIRECT_PATH, LOGIN_PATH and LOGOUT_PATH must be three different paths']);
}

function requireNames({ name = 'x', apis = {} }: EntraOptions): void {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(name))
    throw new ConfigurationError(['name must be up to 32 letters, digits and hyphens']);
  if ('graph' in apis) throw new ConfigurationError(['apis.graph is there already: GRAPH_ENDPOINT moves it']);
  for (const [api, { baseUrl, scopes }] of Object.entries(apis)) {
    const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
    if (url === undefined || !isHttpsOrLoopback(url))
      throw new ConfigurationError([`apis.${api}.baseUrl must begin with https://, or be on this machine`]);
    if (scopes.length === 0)
      throw new ConfigurationError([`apis.${api}.scopes must name what the API is asked for`]);
  }
}

function storeOf({ DATA_DIR }: Environment, { redisUrl }: Config): StoreOption {
  if (redisUrl !== undefined) return { redisUrl };
  return DATA_DIR?.trim() ? { folder: DATA_DIR.trim() } : 'memory';
}
