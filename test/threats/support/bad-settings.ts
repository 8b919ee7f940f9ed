import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Settings that work, with values that are found again wherever they are told. */
export const GOOD = {
  CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  CLIENT_SECRET: 'CANARY~client.secret_value-0123456789',
  SESSION_SECRET: 'CANARY-session-secret-value-0123456789',
};

export interface Case {
  name: string;
  /** `undefined` takes a good setting away. */
  set: Record<string, string | undefined>;
  /** The variables that the lines begin with. */
  names: string[];
}

const bad = (name: string, set: Case['set'], ...names: string[]): Case => ({
  name,
  set,
  names: names.length > 0 ? names : Object.keys(set).slice(0, 1),
});

/** Asked of the built program. */
export const CASES: readonly Case[] = [
  bad('a client id that is no GUID', { CLIENT_ID: 'my-app-CANARY' }),
  bad('a placeholder as client id', { CLIENT_ID: 'Enter_the_Application_Id_Here' }),
  bad('no client secret', { CLIENT_SECRET: undefined }),
  bad('a placeholder as client secret', { CLIENT_SECRET: 'Enter_the_Client_Secret_Here' }),
  bad('no session secret', { SESSION_SECRET: undefined }),
  bad('a short session secret', { SESSION_SECRET: 'CANARY-too-short' }),
  bad('a sample session secret', { SESSION_SECRET: 'change-me-change-me-change-me-change-me' }),
  bad('the client secret as session secret', { SESSION_SECRET: GOOD.CLIENT_SECRET }),
  bad('an authority over http', { AUTHORITY: 'http://login.microsoftonline.com/common' }),
  bad('a placeholder in the authority', {
    AUTHORITY: 'https://login.microsoftonline.com/Enter_the_Tenant_Info_Here',
  }),
  bad('a redirect path that is an address', { REDIRECT_PATH: 'https://evil.example/getAToken' }),
  bad('a redirect path with a wildcard', { REDIRECT_PATH: '/CANARY/*' }),
  bad('a redirect path that is another page', { REDIRECT_PATH: '/logout' }),
  bad('a public address over http', { BASE_URL: 'http://app.example' }),
  bad('everybody as proxy', { TRUST_PROXY: 'true' }),
  bad('the whole internet as proxy', { TRUST_PROXY: '0.0.0.0/0' }),
  bad('another Graph', { GRAPH_ENDPOINT: 'https://graph.CANARY.example' }),
  bad('Graph behind another host', { GRAPH_ENDPOINT: 'https://graph.microsoft.com.evil.example' }),
  bad('a Redis that is none', { REDIS_URL: 'http://CANARY:1' }),
  bad('a prefix for Redis with a hash tag', { REDIS_KEY_PREFIX: '{CANARY}:' }),
  bad('Redis in clear off this machine, in production', {
    REDIS_URL: 'redis://:CANARY@redis.example:6379',
    NODE_ENV: 'production',
  }),
  bad('a port of letters', { PORT: 'CANARY' }),
  bad('a mode that nobody knows', { NODE_ENV: 'CANARY' }),
  bad('a log level that nobody knows', { LOG_LEVEL: 'CANARY' }),
  bad('the permission of a daemon', { SCOPE: 'https://graph.microsoft.com/.default' }),
  bad('a domain hint that is an address', { ALLOWED_DOMAIN_HINTS: 'https://CANARY.example' }),
  bad('a domain hint that is a pattern', { ALLOWED_DOMAIN_HINTS: 'contoso.com,*.CANARY.example' }),
  bad('a tenant by name', { ALLOWED_TENANTS: 'CANARY.example' }),
  bad(
    'a secret and a certificate',
    { CLIENT_CERTIFICATE: '/CANARY.crt', CLIENT_PRIVATE_KEY: '/CANARY.key' },
    'CLIENT_SECRET',
    'CLIENT_CERTIFICATE',
    'CLIENT_PRIVATE_KEY',
  ),
  bad(
    'a certificate without its key',
    { CLIENT_CERTIFICATE: '/CANARY.crt', CLIENT_SECRET: undefined },
    'CLIENT_CERTIFICATE',
    'CLIENT_PRIVATE_KEY',
  ),
  bad(
    'a certificate that is not there',
    {
      CLIENT_CERTIFICATE: '/nowhere/CANARY.crt',
      CLIENT_PRIVATE_KEY: '/nowhere/CANARY.key',
      CLIENT_SECRET: undefined,
    },
    'CLIENT_CERTIFICATE',
    'CLIENT_PRIVATE_KEY',
  ),
  bad('the emulator in production', {
    CLIENT_ID: undefined,
    CLIENT_SECRET: undefined,
    NODE_ENV: 'production',
  }),
  bad('the emulator for the whole network', {
    CLIENT_ID: undefined,
    CLIENT_SECRET: undefined,
    HOST: '0.0.0.0',
  }),
  bad(
    'seven at once',
    {
      CLIENT_ID: 'CANARY',
      SESSION_SECRET: 'CANARY',
      PORT: 'CANARY',
      AUTHORITY: 'CANARY',
      TRUST_PROXY: 'true',
      LOG_LEVEL: 'CANARY',
      REDIS_URL: 'CANARY',
    },
    'CLIENT_ID',
    'SESSION_SECRET',
    'PORT',
    'AUTHORITY',
    'TRUST_PROXY',
    'LOG_LEVEL',
    'REDIS_URL',
  ),
];

/** What the app has at other addresses, and what begins or is written like it. */
const TAKEN_PATHS = [
  '/',
  '/login',
  '/Login/callback',
  '/language',
  '/appearance',
  '/permissions',
  '/graphcall/export',
  '/graphcall/export.csv',
  '/GRAPHCALL/users/x',
  '/logout/frontchannel',
  '/healthz',
  '/readyz',
  ...readdirSync(fileURLToPath(new URL('../../../public/', import.meta.url))).map((name) => `/${name}`),
];

/** Asked of the same rules without a process, which costs a second each. */
export const MORE: readonly Case[] = [
  bad('an empty client secret', { CLIENT_SECRET: '  ' }),
  bad('a placeholder in brackets', { CLIENT_SECRET: '<CANARY your secret>' }),
  bad('a short second session secret', { SESSION_SECRET: `${GOOD.SESSION_SECRET},CANARY` }),
  bad('an authority that is no address', { AUTHORITY: 'CANARY common' }),
  bad('an authority with more than a tenant', {
    AUTHORITY: 'https://login.microsoftonline.com/common/CANARY',
  }),
  bad('an authority that says of a user flow only that there is one', {
    AUTHORITY: 'https://contoso.b2clogin.com/tfp',
  }),
  bad('an authority without a tenant', { AUTHORITY: 'https://login.microsoftonline.com/' }),
  bad('an authority with user info', { AUTHORITY: 'https://a:CANARY@login.microsoftonline.com/common' }),
  bad('an authority with a query', { AUTHORITY: 'https://login.microsoftonline.com/common?CANARY=1' }),
  bad('a redirect path without a slash', { REDIRECT_PATH: 'CANARYpath' }),
  bad('a redirect path with a fragment', { REDIRECT_PATH: '/getAToken#CANARY' }),
  bad('a redirect path to another host', { REDIRECT_PATH: '//evil.example' }),
  bad('a redirect path that climbs', { REDIRECT_PATH: '/CANARY/../x' }),
  ...TAKEN_PATHS.map((path) => bad(`a redirect path that is ${path}`, { REDIRECT_PATH: path })),
  bad('a public address with a path', { BASE_URL: 'https://app.example/CANARY' }),
  bad('a public address that is none', { BASE_URL: 'CANARY.example' }),
  bad('a name as proxy', { TRUST_PROXY: 'CANARY.example' }),
  bad('Graph with a path', { GRAPH_ENDPOINT: 'https://graph.microsoft.com/CANARY' }),
  bad('a negative port', { PORT: '-1' }),
  bad('a port too high', { PORT: '65536' }),
  bad('a scope with a line break in it', { SCOPE: 'User.Read"CANARY' }),
  bad('no idle time', { SESSION_IDLE_MINUTES: '0' }),
  bad('an endless session', { SESSION_MAX_HOURS: '99999' }),
  bad('figures at the port of the app', { METRICS_PORT: '45123', PORT: '45123' }, 'METRICS_PORT'),
  bad('a federated token that is a folder', { CLIENT_ASSERTION_FILE: '/', CLIENT_SECRET: undefined }),
  bad('a limit of minus one', { RATE_LIMIT_PER_MINUTE: '-1' }),
  bad('the emulator with a real authority', {
    CLIENT_ID: undefined,
    CLIENT_SECRET: undefined,
    AUTHORITY: 'https://login.microsoftonline.com/common',
  }),
];

/** Any of the values above, or a part of one. */
export const VALUES = /CANARY|Enter_the|evil\.example|change-me/;
