import { isB2c, isGraphResource, PERSONAL_TENANT } from '../clouds.ts';
import type { RegistrationSettings } from '../config/index.ts';
import { readOwnCertificate } from '../identity/index.ts';
import type { RegisterArguments } from './arguments.ts';

/** How the app is to prove who it is. `none`: what is there already, or by hand. */
export type WishedCredential =
  | { kind: 'secret' }
  | { kind: 'certificate'; key: string; thumbprint: string; subject: string; validUntil: string }
  | { kind: 'federated'; issuer: string; subject: string }
  | { kind: 'managed-identity'; principalId: string }
  | { kind: 'none' };

/** What the registration is to be. */
export interface Wishes {
  name: string;
  audience: string;
  redirectUris: readonly string[];
  logoutUrl?: string;
  /** Delegated permissions by name, of this API: `graph`, or how it is called. */
  api: string;
  scopes: readonly string[];
  /** Further ones that are listed, and not consented to in advance. */
  optionalScopes: readonly string[];
  /** Application permissions of Graph by name. */
  roles: readonly string[];
  appRoles: readonly string[];
  credential: WishedCredential;
}

const OIDC = /^(openid|profile|email|offline_access)$/i;
/** Source: Microsoft's page on the resource type application, signInAudience. */
const AUDIENCES: Readonly<Record<string, string>> = {
  common: 'AzureADandPersonalMicrosoftAccount',
  organizations: 'AzureADMultipleOrgs',
  consumers: 'PersonalMicrosoftAccount',
  [PERSONAL_TENANT]: 'PersonalMicrosoftAccount',
};

/** Reads them out of the settings and the command line. @throws ConfigurationError for a certificate that is of no use */
export function wishesOf(settings: RegistrationSettings, given: RegisterArguments, nowMs: number): Wishes {
  const { authority, baseUrl, redirectPath } = settings;
  const [scopes = [], optionalScopes = []] = [settings.scopes, settings.optionalScopes].map((all) =>
    all.filter((scope) => !OIDC.test(scope)),
  );
  return {
    name: given.name,
    audience: audienceOf(new URL(authority)),
    redirectUris: [`${baseUrl}${redirectPath}`, `${baseUrl}/`],
    // Microsoft takes no plain http there
    ...(baseUrl.startsWith('https:') ? { logoutUrl: `${baseUrl}/logout/frontchannel` } : {}),
    api: apiOf(scopes[0] ?? optionalScopes[0] ?? '', settings.graphEndpoint),
    scopes: scopes.map(shortNameOf),
    optionalScopes: optionalScopes.map(shortNameOf),
    roles: given.daemon ? ['User.Read.All'] : [],
    appRoles: given.appRole,
    credential: credentialOf(settings, given, nowMs),
  };
}

function audienceOf({ hostname, pathname }: URL): string {
  const tenant = pathname.split('/')[1]?.toLowerCase() ?? '';
  // user flows are for accounts of any kind
  return isB2c(hostname) ? (AUDIENCES.common ?? '') : (AUDIENCES[tenant] ?? 'AzureADMyOrg');
}

function shortNameOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/** Scopes are of one API: the settings take no others. */
function apiOf(scope: string, graphEndpoint: string): string {
  const api = scope.slice(0, Math.max(scope.lastIndexOf('/'), 0));
  return api === '' || api === graphEndpoint || isGraphResource(api.toLowerCase()) ? 'graph' : api;
}

function credentialOf(
  settings: RegistrationSettings,
  given: RegisterArguments,
  nowMs: number,
): WishedCredential {
  const { certificate, federatedIssuer, federatedSubject, managedIdentity } = given;
  const { certificateFile } = settings;
  if (managedIdentity !== undefined) return { kind: 'managed-identity', principalId: managedIdentity };
  if (federatedIssuer !== undefined && federatedSubject !== undefined)
    return { kind: 'federated', issuer: federatedIssuer, subject: federatedSubject };
  if (given.newSecret) return { kind: 'secret' };
  if (certificate !== undefined) return readCertificate({ certificateFile: certificate }, nowMs);
  if (certificateFile !== undefined) return readCertificate({ ...settings, certificateFile }, nowMs);
  return { kind: settings.isFederated ? 'none' : 'secret' };
}

const NAMES = {
  certificate: '--certificate (CLIENT_CERTIFICATE)',
  privateKey: 'CLIENT_PRIVATE_KEY',
  passphrase: 'CLIENT_PRIVATE_KEY_PASSPHRASE',
};

/** The app's own of a file. Its private key goes nowhere. */
function readCertificate(source: Parameters<typeof readOwnCertificate>[0], nowMs: number): WishedCredential {
  const { raw, fingerprint, subject, validTo } = readOwnCertificate(source, nowMs, NAMES);
  return {
    kind: 'certificate',
    key: raw.toString('base64'),
    thumbprint: fingerprint.replaceAll(':', ''),
    subject: subject.split('\n').join(', '),
    validUntil: new Date(validTo).toISOString().slice(0, 10),
  };
}
