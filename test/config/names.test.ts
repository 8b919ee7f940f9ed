import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/index.ts';
import { LATER_SETTINGS, SETTINGS } from '../../src/config/sources/setting-names.ts';
import { nameProblems, unknownNames } from '../../src/config/sources/unknown-names.ts';
import { ConfigurationError } from '../../src/errors.ts';

const inFile = (name: string) => nameProblems({ file: [name], environment: [] });
const inEnvironment = (name: string) => nameProblems({ file: [], environment: [name] });

/** Wherever they stand: nobody else's variables are called so. */
const NEAR: readonly (readonly [string, string])[] = [
  ['ALLOWED_TENANT', 'ALLOWED_TENANTS'],
  ['ALLOW_TENANTS', 'ALLOWED_TENANTS'],
  ['ALLOWED_TENANT_IDS', 'ALLOWED_TENANTS'],
  ['ALOWED_TENANTS', 'ALLOWED_TENANTS'],
  ['ALLOWED_TENATNS', 'ALLOWED_TENANTS'],
  ['ALLOWEDTENANTS', 'ALLOWED_TENANTS'],
  ['TENANTS_ALLOWED', 'ALLOWED_TENANTS'],
  ['allowed_tenants', 'ALLOWED_TENANTS'],
  ['allowedTenants', 'ALLOWED_TENANTS'],
  ['ALLOWED-TENANTS', 'ALLOWED_TENANTS'],
  ['CLIENTID', 'CLIENT_ID'],
  ['Client_Id', 'CLIENT_ID'],
  ['CLIENT_IDS', 'CLIENT_ID'],
  ['CLIENT_SECRETS', 'CLIENT_SECRET'],
  ['CLIENT_SECRET_VALUE', 'CLIENT_SECRET'],
  ['CLIENT_CERT', 'CLIENT_CERTIFICATE'],
  ['CLIENT_CERTIFICATE_FILE', 'CLIENT_CERTIFICATE'],
  ['CLIENT_PRIVATE_KEY_PATH', 'CLIENT_PRIVATE_KEY'],
  ['SESSION_SECRETS', 'SESSION_SECRET'],
  ['SESSON_SECRET', 'SESSION_SECRET'],
  ['AUTHORTY', 'AUTHORITY'],
  ['SCOPES', 'SCOPE'],
  ['BASEURL', 'BASE_URL'],
  ['BASE_URI', 'BASE_URL'],
  ['REDIRECT_PATHS', 'REDIRECT_PATH'],
  ['TRUST_PROXIES', 'TRUST_PROXY'],
  ['TRUSTED_PROXY', 'TRUST_PROXY'],
  ['RATE_LIMIT_PER_MINUTES', 'RATE_LIMIT_PER_MINUTE'],
  ['NODE_ENVIRONMENT', 'NODE_ENV'],
  ['NODEENV', 'NODE_ENV'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['DATA_DIRECTORY', 'DATA_DIR'],
];

test.each(NEAR)('%s was meant to be %s', (name, setting) => {
  const problem = `${name} is not a setting: did you mean ${setting}?`;
  expect(inEnvironment(name)).toEqual([problem]);
  if (name !== 'SCOPES') expect(inFile(name)).toEqual([problem]);
});

/** In our own file there is nobody else whose they could be. */
const NEAR_IN_FILE: readonly (readonly [string, string])[] = [
  ['PROT', 'PORT'],
  ['HOTS', 'HOST'],
  ['TENANTS', 'ALLOWED_TENANTS'],
  ['SECRET', 'CLIENT_SECRET'],
  ['IDLE_MINUTES', 'SESSION_IDLE_MINUTES'],
  ['RATE_LIMIT', 'RATE_LIMIT_PER_MINUTE'],
  ['MY_CLIENT_ID', 'CLIENT_ID'],
  ['AUTHORITY_URL', 'AUTHORITY'],
];

test.each(NEAR_IN_FILE)(
  '%s was meant to be %s in .env, and is somebody else’s elsewhere',
  (name, setting) => {
    expect(inFile(name)).toEqual([`${name} is not a setting: did you mean ${setting}?`]);
    expect(inEnvironment(name)).toEqual([]);
  },
);

test.each([
  ['TENANT_ID', 'AUTHORITY'],
  ['CLOUD_INSTANCE', 'AUTHORITY'],
  ['TENANT_INFO', 'AUTHORITY'],
  ['TENANT_SUBDOMAIN', 'AUTHORITY'],
  ['OIDC_AUTHORITY', 'AUTHORITY'],
  ['B2C_TENANT_NAME', 'AUTHORITY'],
  ['REDIRECT_URI', 'BASE_URL and REDIRECT_PATH'],
  ['POST_LOGOUT_REDIRECT_URI', 'BASE_URL'],
  ['GRAPH_API_ENDPOINT', 'GRAPH_ENDPOINT'],
  ['ENDPOINT', 'GRAPH_ENDPOINT'],
  ['EXPRESS_SESSION_SECRET', 'SESSION_SECRET'],
  ['SCOPES', 'SCOPE'],
  ['CLIENT_ASSERTION', 'CLIENT_ASSERTION_FILE'],
])('the samples’ %s is %s here, and is said so of .env only', (name, setting) => {
  expect(inFile(name)).toEqual([
    expect.stringContaining(`${name} is not a setting of this app: set ${setting}`),
  ]);
  if (name !== 'SCOPES') expect(inEnvironment(name)).toEqual([]);
});

/** What stands in the environments of people, containers and platforms. */
const OTHERS = [
  ...[
    'HOSTNAME',
    'HOSTTYPE',
    'HOME',
    'PATH',
    'PWD',
    'OLDPWD',
    'SHLVL',
    'TERM',
    'USER',
    'LOGNAME',
    'LANG',
    'LC_ALL',
  ],
  ...['XAUTHORITY', 'ICEAUTHORITY', 'SESSION_MANAGER', 'DESKTOP_SESSION', 'XDG_DATA_DIRS', 'XDG_SESSION_ID'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'SSH_CLIENT', 'SSH_AUTH_SOCK', 'COLORTERM', 'EDITOR', 'INVOCATION_ID'],
  ...[
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'NODE_VERSION',
    'NODE_PATH',
    'npm_config_scope',
    'npm_package_name',
  ],
  ...[
    'HTTP_PROXY',
    'https_proxy',
    'HTTPS_PROXY_FILE',
    'NO_PROXY',
    'ALL_PROXY',
    'SSL_CERT_FILE',
    'TZ',
    'DEBUG',
    'FORCE_COLOR',
  ],
  ...[
    'OTEL_SERVICE_NAME',
    'OTEL_LOG_LEVEL',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
  ],
  ...['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'],
  ...['AZURE_FEDERATED_TOKEN_FILE', 'AZURE_AUTHORITY_HOST', 'IDENTITY_ENDPOINT', 'MSI_SECRET'],
  ...[
    'APPSETTING_CLIENT_ID',
    'APPSETTING_SESSION_SECRET',
    'WEBSITE_HOSTNAME',
    'WEBSITES_PORT',
    'WEBSITE_SITE_NAME',
  ],
  ...[
    'KUBERNETES_SERVICE_HOST',
    'KUBERNETES_PORT',
    'REDIS_SERVICE_HOST',
    'REDIS_PORT',
    'REDIS_HOST',
    'REDIS_TLS_URL',
  ],
  ...[
    'COMPOSE_PROJECT_NAME',
    'DOCKER_HOST',
    'TOKEN_CACHE_SECRET',
    'PRIVATE_KEY',
    'SECRET',
    'DATABASE_URL',
    'JAVA_HOME',
  ],
];

test('names of other programs are nobody’s business', () => {
  expect(nameProblems({ file: [], environment: OTHERS })).toEqual([]);
  const passing = OTHERS.filter((name) =>
    /^(NODE_|npm_|OTEL_|AZURE_|APPSETTING_|WEBSITE|KUBERNETES_|.*_proxy$)/i.test(name),
  );
  expect(passing.length).toBeGreaterThan(20);
  expect(nameProblems({ file: passing, environment: [] })).toEqual([]);
  expect(unknownNames({ file: passing, environment: [] })).toEqual([]);
});

test('any other name in .env is unknown, and in the environment it is not looked at', () => {
  const file = ['DATABASE_URL', 'REDIS_HOST', 'CLIENT_ID', 'ALLOWED_TENANT', 'NODE_OPTIONS'];
  expect(unknownNames({ file, environment: [...OTHERS, 'ANYTHING'] })).toEqual([
    'DATABASE_URL',
    'REDIS_HOST',
  ]);
});

test.each(LATER_SETTINGS)('%s is said to be no setting of this version', (name) => {
  const problem = [`${name} is not a setting of this version`];
  expect([inFile(name), inEnvironment(name)]).toEqual([problem, problem]);
});

test.each(['[::1]', '::1'])('an address of IPv6 may stand in brackets: %s', (address) => {
  const read = readConfig({ HOST: address, METRICS_HOST: address, METRICS_PORT: '9090' }, {});
  expect(read).toMatchObject({ host: '::1', metricsHost: '::1' });
});

test('a name without a value sets nothing', () => {
  expect(readConfig({ ALLOWED_TENANT: ' ', CLIENTID: '' }).usesEmulator).toBe(true);
  expect(() => readConfig({ ALLOWED_TENANT: 'x' })).toThrow(ConfigurationError);
});

test('what a caller has no use for is somebody else’s, by whatever value', () => {
  const environment = {
    LOG_LEVEL: 'chatty',
    LOGLEVEL: 'chatty',
    METRICS_PORT: 'tcp://10.0.0.1:80',
    LOGIN_PATH: '/in',
  };
  const options = { otherNames: ['LOGIN_PATH'], unused: ['LOG_LEVEL', 'METRICS_PORT'] as const };
  expect(readConfig(environment, options).logLevel).toBe('info');
  expect(() => readConfig({ ...environment, ALLOWED_TENANT: 'x' }, options)).toThrow(
    'ALLOWED_TENANT is not a setting: did you mean ALLOWED_TENANTS?',
  );
});

test('the README and .env.example say every setting, and no other', () => {
  const readme = readFileSync('README.md', 'utf8');
  const table = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## What else is here'));
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const inReadme = rows.flatMap((line) => (line.split('|')[1] ?? '').match(/[A-Z][A-Z_]+/g) ?? []);
  const inExample = readFileSync('.env.example', 'utf8').match(/^#?[A-Z][A-Z_]+(?==)/gm) ?? [];
  const ofOthers = ['HTTPS_PROXY', 'HTTP_PROXY', 'HTTPS_PROXY_FILE', 'HTTP_PROXY_FILE', 'NO_PROXY'];
  const expected = [...SETTINGS, ...ofOthers].sort();
  expect(inReadme.sort()).toEqual(expected);
  expect(inExample.map((name) => name.replace('#', '')).sort()).toEqual(expected);
});
