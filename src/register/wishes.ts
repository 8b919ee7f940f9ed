import { createHash, X509Certificate } from 'node:crypto';
import { isB2c, isGraphResource, PERSONAL_TENANT } from '../clouds.ts';
import type { RegistrationSettings } from '../config/index.ts';
import { ConfigurationError } from '../errors.ts';
import { readTextFile } from '../text-file.ts';
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

/** Reads them out of the settings and the command line. @throws ConfigurationError for a certificate that is none */
export function wishesOf(settings: RegistrationSettings, given: RegisterArguments): Wishes {
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
    credential: credentialOf(settings, given),
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

function credentialOf(settings: RegistrationSettings, given: RegisterArguments): WishedCredential {
  const {
    certificate = settings.certificateFile,
    federatedIssuer,
    federatedSubject,
    managedIdentity,
  } = given;
  if (managedIdentity !== undefined) return { kind: 'managed-identity', principalId: managedIdentity };
  if (federatedIssuer !== undefined && federatedSubject !== undefined)
    return { kind: 'federated', issuer: federatedIssuer, subject: federatedSubject };
  if (given.newSecret) return { kind: 'secret' };
  if (certificate !== undefined) return readCertificate(certificate);
  return { kind: settings.isFederated ? 'none' : 'secret' };
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/;

/** The first of a file, which is the app's own. Its private key goes nowhere. */
function readCertificate(file: string): WishedCredential {
  const read = readTextFile(file);
  if ('problem' in read) throw new ConfigurationError([`--certificate (CLIENT_CERTIFICATE) ${read.problem}`]);
  const [pem = ''] = CERTIFICATE.exec(read.text) ?? [];
  try {
    const { raw, subject, validTo } = new X509Certificate(pem);
    const thumbprint = createHash('sha1').update(raw).digest('hex').toUpperCase();
    const validUntil = new Date(validTo).toISOString().slice(0, 10);
    return {
      kind: 'certificate',
      key: raw.toString('base64'),
      thumbprint,
      subject: subject.split('\n').join(', '),
      validUntil,
    };
  } catch {
    throw new ConfigurationError([
      '--certificate (CLIENT_CERTIFICATE) names a file without a certificate (PEM)',
    ]);
  }
}
