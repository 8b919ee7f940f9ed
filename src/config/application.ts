import { readAuthority, readGraphEndpoint } from './clouds.ts';
import type { Config } from './config.ts';
import { readCredential } from './credential.ts';
import { GUID, listOf, type VariableReader } from './variables.ts';

type Application = Pick<
  Config,
  | 'clientId'
  | 'authority'
  | 'credential'
  | 'scopes'
  | 'graphEndpoint'
  | 'allowedTenants'
  | 'allowedDomainHints'
>;

/** What the identity platform knows of the app, and where it is asked. */
export function readApplication(
  read: VariableReader,
  usesEmulator: boolean,
  emulatorPort: number,
): Application {
  const common = {
    scopes: readScopes(read),
    allowedTenants: readAllowedTenants(read),
    allowedDomainHints: readAllowedDomainHints(read),
  };
  if (usesEmulator) {
    return {
      ...common,
      // The emulator says its own when it has started.
      clientId: '',
      authority: 'https://login.microsoftonline.com/common',
      credential: { kind: 'secret', secret: '' },
      graphEndpoint: `http://localhost:${emulatorPort}`,
    };
  }
  const authority = readAuthority(read);
  return {
    ...common,
    clientId: readClientId(read),
    authority,
    credential: readCredential(read),
    graphEndpoint: readGraphEndpoint(read, new URL(authority).hostname),
  };
}

/** The app's id. */
export function readClientId(read: VariableReader): string {
  const clientId = read.text('CLIENT_ID') ?? '';
  if (!GUID.test(clientId)) {
    read.problem('CLIENT_ID', 'must be the Application (client) ID of the registration, a GUID');
  }
  return clientId;
}

function readScopes(read: VariableReader): string[] {
  const scopes = (read.text('SCOPE') ?? 'User.ReadBasic.All').split(/\s+/);
  if (!scopes.every((scope) => /^[A-Za-z0-9:/._-]{1,200}$/.test(scope)) || scopes.length > 20) {
    read.problem('SCOPE', 'must be delegated permissions of Microsoft Graph, separated by spaces');
  }
  if (scopes.some((scope) => /(^|\/)\.default$/i.test(scope))) {
    read.problem('SCOPE', 'must name delegated permissions one by one: .default is for the daemon');
  }
  return scopes;
}

/** Whose people or apps count; empty: anybody's. */
export function readAllowedTenants(read: VariableReader): string[] {
  const tenants = listOf(read.text('ALLOWED_TENANTS')).map((tenant) => tenant.toLowerCase());
  if (!tenants.every((tenant) => GUID.test(tenant))) {
    read.problem('ALLOWED_TENANTS', 'must be tenant ids (GUIDs), separated by commas');
  }
  return tenants;
}

/** What the identity platform takes as a `domain_hint`: a domain, or all accounts of a kind. */
function readAllowedDomainHints(read: VariableReader): string[] {
  const hints = listOf(read.text('ALLOWED_DOMAIN_HINTS')).map((hint) => hint.toLowerCase());
  if (!hints.every((hint) => hint.length <= 253 && DOMAIN_HINT.test(hint))) {
    read.problem('ALLOWED_DOMAIN_HINTS', 'must be domains such as contoso.com, separated by commas');
  }
  return hints;
}

const DOMAIN_HINT = /^(organizations|consumers|([a-z0-9-]+\.)+[a-z]{2,})$/;
