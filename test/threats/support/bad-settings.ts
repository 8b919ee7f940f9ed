import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Settings that work, with values that are found again wherever they are told. */
export const GOOD = {
  CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  CLIENT_SECRET: 'CANARY~client.secret_value-0123456789',
  SESSION_SECRET: 'CANARY-session-secret-value-0123456789',
};

const TOKENS_FOR_REDIS = {
  REDIS_AUTH: 'entra',
  AUTHORITY: 'https://login.microsoftonline.com/contoso.example',
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
  bad('an authority at a domain that only looks like Microsoft’s', {
    AUTHORITY: 'https://login.microsoftonline.co/common',
  }),
  bad('an authority at the address of tokens', {
    AUTHORITY: 'https://login.microsoftonline.com/contoso.example/v2.0',
  }),
  bad('an emulator in production', {
    AUTHORITY: 'http://localhost:5001/common',
    NODE_ENV: 'production',
  }),
  bad('Graph on this machine, in production', {
    GRAPH_ENDPOINT: 'http://localhost:9',
    NODE_ENV: 'production',
  }),
  bad('a session secret of one character', { SESSION_SECRET: 'x'.repeat(40) }),
  bad('scopes of two APIs', { SCOPE: 'User.Read api://CANARY/access' }),
  bad('a setting with a letter too few', { ALLOWED_TENANT: 'CANARY' }),
  bad('a secret twice', { CLIENT_SECRET_FILE: '/nowhere/CANARY' }),
  bad('a redirect path that is an address', { REDIRECT_PATH: 'https://evil.example/getAToken' }),
  bad('a redirect path with a wildcard', { REDIRECT_PATH: '/CANARY/*' }),
  bad('a redirect path that is another page', { REDIRECT_PATH: '/logout' }),
  bad('a public address over http', { BASE_URL: 'http://app.example' }),
  bad('everybody as proxy', { TRUST_PROXY: 'true' }),
  bad('the whole internet as proxy', { TRUST_PROXY: '0.0.0.0/0' }),
  bad('another Graph', { GRAPH_ENDPOINT: 'https://graph.CANARY.example' }),
  bad('Graph behind another host', { GRAPH_ENDPOINT: 'https://graph.microsoft.com.evil.example' }),
  bad('a managed identity that is none', { CLIENT_MANAGED_IDENTITY: 'CANARY', CLIENT_SECRET: undefined }),
  bad(
    'two kinds of credential',
    { CLIENT_MANAGED_IDENTITY: 'system', CLIENT_SECRET: GOOD.CLIENT_SECRET },
    'CLIENT_SECRET',
  ),
  bad('a Redis that is none', { REDIS_URL: 'http://CANARY:1' }),
  bad('sentinels without the name of a server', { REDIS_URL: 'redis+sentinel://:CANARY@a,b' }),
  bad('a cluster without TLS in production', {
    REDIS_URL: 'redis://:CANARY@localhost:6379,redis.example:6379',
    NODE_ENV: 'production',
  }),
  bad('another way to sign in to Redis', { REDIS_AUTH: 'CANARY', REDIS_URL: 'redis://localhost' }),
  bad('tokens for Redis and a password', {
    REDIS_URL: 'rediss://:CANARY@redis.example:6380',
    ...TOKENS_FOR_REDIS,
  }),
  bad('tokens for Redis and a user', {
    REDIS_URL: 'rediss://CANARY@redis.example:6380',
    ...TOKENS_FOR_REDIS,
  }),
  bad('tokens for a Redis in clear off this machine', {
    REDIS_URL: 'redis://CANARY.example:6379',
    ...TOKENS_FOR_REDIS,
  }),
  bad('tokens for no Redis', { ...TOKENS_FOR_REDIS }, 'REDIS_URL'),
  bad('tokens for Redis of no tenant in particular', {
    ...{ REDIS_AUTH: 'entra', REDIS_URL: 'rediss://redis.example:6380' },
    AUTHORITY: 'https://login.microsoftonline.com/organizations',
  }),
  bad('tokens for Redis of a directory of customers', {
    ...{ REDIS_AUTH: 'Entra', REDIS_URL: 'rediss://redis.example:6380' },
    AUTHORITY: 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com',
  }),
  bad('tokens for Redis of nobody', {
    ...{ CLIENT_ID: undefined, CLIENT_SECRET: undefined },
    ...{ REDIS_AUTH: 'entra', REDIS_URL: 'rediss://redis.example:6380' },
  }),
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
  ...[
    'https://login.microsoftonline.com.evil.example/common',
    'https://evil.example/login.microsoftonline.com/common',
    'https://login-microsoftonline.com/common',
    'https://login.microsoftonline.com:8443/common',
    'https://login.microsoftonline.com./common',
    'https://loginxmicrosoftonline.com/common',
    'https://ciamlogin.com/CANARY.example',
    'https://evilb2clogin.com/CANARY.example/B2C_1_x',
    'https://CANARY.ciamlogin.com/CANARY.example/v2.0',
    'https://CANARY.b2clogin.com/CANARY.example/B2C_1_x/v2.0',
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    'https://login.microsoftonline.com//common',
    'https://login.microsoftonline.com/common?',
    'https://login.microsoftonline.com/common#',
    'https://login.microsoftonline.com/common#CANARY',
    'https://CANARY@login.microsoftonline.com/common',
    'http://login.microsoftonline.com/common',
    'ftp://localhost/common',
    'http://localhost:5001/common/v2.0',
    'http://localhost:5001',
    'http://localhost.evil.example:5001/common',
  ].map((authority) => bad(`the authority ${authority}`, { AUTHORITY: authority })),
  ...['http://localhost:5001/common', 'https://127.0.0.1:5001/common', 'http://[::1]/common'].map(
    (authority) =>
      bad(`the authority ${authority} in production`, { AUTHORITY: authority, NODE_ENV: 'production' }),
  ),
  bad('an emulator for the whole network', { AUTHORITY: 'http://localhost:5001/common', HOST: '0.0.0.0' }),
  bad('an emulator behind a public address', {
    AUTHORITY: 'http://localhost:5001/common',
    BASE_URL: 'https://app.example',
  }),
  bad('a domain of one’s own that is no yes or no', { AUTHORITY_CUSTOM_DOMAIN: 'CANARY' }),
  bad('a domain of one’s own without TLS', {
    AUTHORITY: 'http://login.CANARY.example/contoso.example',
    AUTHORITY_CUSTOM_DOMAIN: 'true',
  }),
  bad(
    'Graph of another cloud',
    { GRAPH_ENDPOINT: 'https://graph.microsoft.us', AUTHORITY: 'https://login.microsoftonline.com/common' },
    'GRAPH_ENDPOINT',
  ),
  bad(
    'Graph of the global cloud in another',
    { GRAPH_ENDPOINT: 'https://graph.microsoft.com', AUTHORITY: 'https://login.chinacloudapi.cn/common' },
    'GRAPH_ENDPOINT',
  ),
  bad('Graph of Microsoft for an emulator', {
    GRAPH_ENDPOINT: 'https://graph.microsoft.com',
    AUTHORITY: 'http://localhost:5001/common',
  }),
  ...['http://127.0.0.1:5001', 'https://localhost', 'http://graph.localhost:9'].map((origin) =>
    bad(`Graph at ${origin}, in production`, { GRAPH_ENDPOINT: origin, NODE_ENV: 'production' }),
  ),
  ...[
    'https://graph.microsoft.com/User.Read https://CANARY.example/api/read',
    'api://CANARY/read api://CANARY/write api://other/read',
    'openid User.Read 22222222-2222-4222-8222-222222222222/access',
    'https://graph.microsoft.us/User.Read',
  ].map((scope) => bad(`the scopes ${scope}`, { SCOPE: scope })),
  ...[
    'abababababababababababababababababab',
    '1234567890123456789012345678901234567890',
    'password1234password1234password1234',
    '0000000000000000000000000000000000001111',
    'node -e "console.log(require(\'node:crypto\').randomBytes(32))"',
    '$(openssl rand -base64 32) and more of it',
    'Enter_the_Express_Session_Secret_Here',
    `${'CANARY-session-secret-value-0123456789'},${'y'.repeat(40)}`,
  ].map((secret) => bad(`the session secret ${secret}`, { SESSION_SECRET: secret })),
  bad('a proxy of another kind', { HTTPS_PROXY: 'socks5://CANARY:CANARY@proxy.example:1080' }),
  bad('a proxy with a path, in lower case', { https_proxy: 'http://proxy.example:8080/CANARY' }),
  bad('a list of tenants that names none', { ALLOWED_TENANTS: ' , ' }),
  bad('a passphrase without a key', { CLIENT_PRIVATE_KEY_PASSPHRASE: 'CANARY' }),
  bad(
    'the emulator with a secret in a file',
    { CLIENT_ID: undefined, CLIENT_SECRET: undefined, CLIENT_SECRET_FILE: '/etc/hostname' },
    'CLIENT_ID',
  ),
  ...['SESSION_SECRET', 'REDIS_URL', 'CLIENT_SECRET', 'CLIENT_PRIVATE_KEY_PASSPHRASE'].map((name) =>
    bad(`a file for ${name} that is not there`, { [`${name}_FILE`]: '/nowhere/CANARY' }),
  ),
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
  bad('a public address with a path that needs encoding', { BASE_URL: 'https://app.example/CANARY%20' }),
  bad('a public address that is none', { BASE_URL: 'CANARY.example' }),
  bad('a name as proxy', { TRUST_PROXY: 'CANARY.example' }),
  bad('Graph with a path', { GRAPH_ENDPOINT: 'https://graph.microsoft.com/CANARY' }),
  bad('a negative port', { PORT: '-1' }),
  bad('a port too high', { PORT: '65536' }),
  bad('a scope with a line break in it', { SCOPE: 'User.Read"CANARY' }),
  bad('no idle time', { SESSION_IDLE_MINUTES: '0' }),
  bad('an endless session', { SESSION_MAX_HOURS: '99999' }),
  bad('figures at a name', { METRICS_HOST: 'CANARY.example' }),
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
