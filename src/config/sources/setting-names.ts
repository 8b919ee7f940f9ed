/** Secrets of the web app: each may stand in a file instead, which `NAME_FILE` names. */
export const SECRETS = [
  'CLIENT_SECRET',
  'CLIENT_PRIVATE_KEY_PASSPHRASE',
  'SESSION_SECRET',
  'REDIS_URL',
] as const;

export type SecretName = (typeof SECRETS)[number];

const OTHERS = [
  'PORT',
  'HOST',
  'BASE_URL',
  'REDIRECT_PATH',
  'CLIENT_ID',
  'AUTHORITY',
  'AUTHORITY_CUSTOM_DOMAIN',
  'CLIENT_CERTIFICATE',
  'CLIENT_PRIVATE_KEY',
  'CLIENT_ASSERTION_FILE',
  'CLIENT_MANAGED_IDENTITY',
  'SCOPE',
  'OPTIONAL_SCOPE',
  'GRAPH_ENDPOINT',
  'ALLOWED_TENANTS',
  'ALLOWED_DOMAIN_HINTS',
  'DATA_DIR',
  'REDIS_AUTH',
  'REDIS_KEY_PREFIX',
  'SESSION_IDLE_MINUTES',
  'SESSION_MAX_HOURS',
  'SESSIONS_PER_PERSON',
  'TRUST_PROXY',
  'RATE_LIMIT_PER_MINUTE',
  'LOG_LEVEL',
  'NODE_ENV',
  'METRICS_PORT',
  'METRICS_HOST',
  'EMULATOR_PORT',
] as const;

/** A variable of the web app. */
export type SettingName = SecretName | `${SecretName}_FILE` | (typeof OTHERS)[number];

/** Each names a credential of the app, or a part of one. */
export const CREDENTIALS: readonly SettingName[] = [
  'CLIENT_SECRET',
  'CLIENT_SECRET_FILE',
  'CLIENT_CERTIFICATE',
  'CLIENT_PRIVATE_KEY',
  'CLIENT_ASSERTION_FILE',
  'CLIENT_MANAGED_IDENTITY',
];

/** Every variable of the web app. */
export const SETTINGS: readonly SettingName[] = [
  ...OTHERS,
  ...SECRETS,
  ...SECRETS.map((name) => `${name}_FILE` as const),
];

/** Settings of later versions: to ignore them would surprise people who read newer documentation. */
export const LATER_SETTINGS: readonly string[] = ['LOGIN_PATH', 'LOGOUT_PATH'];

const TENANT = 'AUTHORITY, an address that ends with the tenant';
const FLOW = 'AUTHORITY, an address that ends with the user flow';
const REDIRECT = 'BASE_URL and REDIRECT_PATH';
const CERTIFICATE = 'CLIENT_CERTIFICATE and CLIENT_PRIVATE_KEY, the paths of two PEM files';

/** What Microsoft's samples for Node.js and Python call what is set here by another name. */
export const SAMPLE_NAMES: ReadonlyMap<string, string> = new Map([
  ['CLOUD_INSTANCE', TENANT],
  ['TENANT_ID', TENANT],
  ['TENANT_INFO', TENANT],
  ['TENANT_NAME', TENANT],
  ['TENANT_SUBDOMAIN', TENANT],
  ['AAD_ENDPOINT', TENANT],
  ['AUTHORITY_DOMAIN', TENANT],
  ['OIDC_AUTHORITY', TENANT],
  ['B2C_TENANT_NAME', FLOW],
  ['SIGNUPSIGNIN_USER_FLOW', FLOW],
  ['EDITPROFILE_USER_FLOW', FLOW],
  ['RESETPASSWORD_USER_FLOW', FLOW],
  ['SIGN_UP_SIGN_IN_POLICY_AUTHORITY', FLOW],
  ['EDIT_PROFILE_POLICY_AUTHORITY', FLOW],
  ['RESET_PASSWORD_POLICY_AUTHORITY', FLOW],
  ['REDIRECT_URI', REDIRECT],
  ['APP_REDIRECT_URI', REDIRECT],
  ['POST_LOGOUT_REDIRECT_URI', 'BASE_URL'],
  ['LOGOUT_ENDPOINT', 'BASE_URL'],
  ['APP_CLIENT_ID', 'CLIENT_ID'],
  ['APP_CLIENT_SECRET', 'CLIENT_SECRET'],
  ['CLIENT_ASSERTION', 'CLIENT_ASSERTION_FILE, the path of a file'],
  ['CERTIFICATE_THUMBPRINT', CERTIFICATE],
  ['CERTIFICATE_PRIVATE_KEY', CERTIFICATE],
  ['SCOPES', 'SCOPE'],
  ['OPTIONAL_SCOPES', 'OPTIONAL_SCOPE'],
  ['ENDPOINT', 'GRAPH_ENDPOINT'],
  ['GRAPH_API_ENDPOINT', 'GRAPH_ENDPOINT'],
  ['GRAPH_ME_ENDPOINT', 'GRAPH_ENDPOINT'],
  ['EXPRESS_SESSION_SECRET', 'SESSION_SECRET'],
  ['SERVER_PORT', 'PORT'],
]);
