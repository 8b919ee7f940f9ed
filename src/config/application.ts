import { cloudOfGraph, GLOBAL_GRAPH } from '../clouds.ts';
import { isGuid } from '../guid.ts';
import { type CredentialSource, readCredential } from './credential.ts';
import { readOrigin } from './place.ts';
import {
  type AuthoritySetting,
  graphOriginsOf,
  graphRuleBrokenBy,
  readAuthority,
  resourceOf,
  usualGraphOf,
} from './platform/index.ts';
import { type EnvironmentReader, listOf } from './sources/index.ts';

/** What the identity platform knows of the app, and where it is asked. */
export interface ApplicationSettings {
  clientId: string;
  /** `https://host/tenant`, without a trailing slash; http for an emulator on this machine. */
  authority: string;
  credential: CredentialSource;
  scopes: readonly string[];
  /** Beside those of every sign-in: what people are asked for when they want it. */
  optionalScopes: readonly string[];
  graphEndpoint: string;
  /** Empty: any. */
  allowedTenants: readonly string[];
  /** In lower case. What a link from another site may name as `domain_hint`. */
  allowedDomainHints: readonly string[];
}

const COMMON = 'https://login.microsoftonline.com/common';

/** What the emulator of this machine says itself when it has started. */
export function emulatorApplication(read: EnvironmentReader, emulatorPort: number): ApplicationSettings {
  const graphEndpoint = `http://localhost:${emulatorPort}`;
  return {
    clientId: '',
    authority: COMMON,
    credential: { kind: 'secret', secret: '' },
    graphEndpoint,
    ...readScopes(read, [GLOBAL_GRAPH, graphEndpoint]),
    allowedTenants: readAllowedTenants(read),
    allowedDomainHints: readAllowedDomainHints(read),
  };
}

/** Reads them. */
export function readApplication(read: EnvironmentReader, production: boolean): ApplicationSettings {
  const authority = readWebAuthority(read, production);
  const graphEndpoint = readGraphEndpoint(read, authority, production);
  return {
    clientId: readClientId(read),
    authority: authority.url,
    credential: readCredential(read),
    ...readScopes(read, [...graphOriginsOf(authority), graphEndpoint]),
    graphEndpoint,
    allowedTenants: readAllowedTenants(read),
    allowedDomainHints: readAllowedDomainHints(read),
  };
}

/** Whose people, or apps, are taken. */
export function readWebAuthority(read: EnvironmentReader, production: boolean): AuthoritySetting {
  return readAuthority(read, (read.text('AUTHORITY') ?? COMMON).toLowerCase(), {
    name: 'AUTHORITY',
    tenants: 'any',
    isCustomDomain: readCustomDomain(read),
    customDomain: 'a domain of your own needs AUTHORITY_CUSTOM_DOMAIN=true',
    production,
    example: COMMON,
  });
}

function readCustomDomain(read: EnvironmentReader): boolean {
  const given = (read.text('AUTHORITY_CUSTOM_DOMAIN') ?? 'false').toLowerCase();
  if (given !== 'true' && given !== 'false') read.problem('AUTHORITY_CUSTOM_DOMAIN', 'must be true or false');
  return given === 'true';
}

/** The app's id. Tokens name it in lower case, however it was copied. */
export function readClientId(read: EnvironmentReader): string {
  const clientId = read.text('CLIENT_ID') ?? '';
  if (!isGuid(clientId)) {
    read.problem('CLIENT_ID', 'must be the Application (client) ID of the registration, a GUID');
  }
  return clientId.toLowerCase();
}

/** Origin of Microsoft Graph. */
export function readGraphEndpoint(
  read: EnvironmentReader,
  authority: AuthoritySetting,
  production: boolean,
): string {
  const given = readOrigin(read, 'GRAPH_ENDPOINT');
  const usual = usualGraphOf(authority);
  if (given === undefined) {
    if (usual === undefined)
      read.problem('GRAPH_ENDPOINT', 'must be set for this cloud, whose Graph address is not public');
    return usual ?? '';
  }
  const mixed = 'must be of the cloud of AUTHORITY: leave it empty, and it follows';
  const rule = graphRuleBrokenBy(given, authority, { production, mixed });
  if (rule !== undefined) read.problem('GRAPH_ENDPOINT', rule);
  return given;
}

/** Delegated permissions of one API: asked for at each sign-in, and only where somebody wants more. */
export function readScopes(
  read: EnvironmentReader,
  graphOrigins: readonly string[],
): Pick<ApplicationSettings, 'scopes' | 'optionalScopes'> {
  const scopes = (read.text('SCOPE') ?? 'User.ReadBasic.All').split(/\s+/);
  const optionalScopes = read.text('OPTIONAL_SCOPE')?.split(/\s+/) ?? [];
  const rule = scopeRuleBrokenBy(scopes, graphOrigins);
  if (rule !== undefined) read.problem('SCOPE', rule);
  const withOptional = rule ?? scopeRuleBrokenBy([...scopes, ...optionalScopes], graphOrigins);
  if (rule === undefined && withOptional !== undefined) read.problem('OPTIONAL_SCOPE', withOptional);
  return { scopes, optionalScopes };
}

function scopeRuleBrokenBy(scopes: readonly string[], graphOrigins: readonly string[]): string | undefined {
  if (!scopes.every((scope) => /^[A-Za-z0-9:/._-]{1,200}$/.test(scope)) || scopes.length > 20) {
    return 'must be delegated permissions of Microsoft Graph, separated by spaces';
  }
  if (scopes.some((scope) => /(^|\/)\.default$/i.test(scope))) {
    return 'must name delegated permissions one by one: .default is for the daemon';
  }
  const resources = new Set(scopes.map((scope) => resourceOf(scope, graphOrigins)));
  resources.delete(undefined);
  if ([...resources].some((resource) => cloudOfGraph(resource ?? '') !== undefined)) {
    return 'must name Microsoft Graph of the cloud of AUTHORITY, or no address at all';
  }
  return resources.size > 1 ? 'must be of one API: a token is good for one only' : undefined;
}

/** Whose people or apps count; empty: anybody's. */
export function readAllowedTenants(read: EnvironmentReader): string[] {
  const given = read.text('ALLOWED_TENANTS');
  const tenants = listOf(given).map((tenant) => tenant.toLowerCase());
  if (!tenants.every(isGuid) || (given !== undefined && tenants.length === 0)) {
    read.problem('ALLOWED_TENANTS', 'must be tenant ids (GUIDs), separated by commas');
  }
  return tenants;
}

function readAllowedDomainHints(read: EnvironmentReader): string[] {
  const hints = listOf(read.text('ALLOWED_DOMAIN_HINTS')).map((hint) => hint.toLowerCase());
  if (!hints.every((hint) => hint.length <= 253 && DOMAIN_HINT.test(hint))) {
    read.problem('ALLOWED_DOMAIN_HINTS', 'must be domains such as contoso.com, separated by commas');
  }
  return hints;
}

const DOMAIN_HINT = /^(organizations|consumers|([a-z0-9-]+\.)+[a-z]{2,})$/;
