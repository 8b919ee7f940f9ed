import { createAuthority } from './authority.ts';
import type { ClientSettings } from './client.ts';
import type { Credential } from './credential/index.ts';
import { createIdentityNetwork, type NetworkLimits } from './network.ts';
import { createSigningKeys } from './signing-keys.ts';

interface IdentitySettings
  extends Pick<ClientSettings, 'clientId' | 'redirectUri' | 'scopes' | 'allowedTenants' | 'now'> {
  optionalScopes?: readonly string[];
  credential: Credential;
  authority: string;
  /** An OpenID configuration document (JSON) that replaces discovery. Only the emulator's settings hold one. */
  authorityMetadata?: string | undefined;
  network?: NetworkLimits;
}

/** Puts together what an app is to one authority: its requests, the authority's metadata and keys. Asks for nothing yet. */
export function createIdentity({
  authority: url,
  authorityMetadata,
  network: limits,
  ...settings
}: IdentitySettings): ClientSettings {
  const network = createIdentityNetwork(limits);
  const authority = createAuthority(
    { authority: url, ...(authorityMetadata === undefined ? {} : { authorityMetadata }) },
    network,
  );
  const fetchKeySet = async () => {
    const { jwksUri, origin } = await authority.metadata();
    return network.getJson(jwksUri, origin);
  };
  return {
    optionalScopes: [],
    ...settings,
    authority,
    network,
    keys: createSigningKeys({ fetchKeySet, now: settings.now }),
  };
}
