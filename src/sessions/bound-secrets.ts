import { hash, hkdfSync } from 'node:crypto';

/** The app that sessions belong to, as the identity platform and browsers know it. */
interface SecretBinding {
  clientId: string;
  /** Whose tokens count: the same for all tenants of one authority that are judged one by one. */
  issuer: string;
  publicAddress: string;
  /** Nobody proved who they are to the local emulator. */
  usesEmulator: boolean;
}

const SECRET_BYTES = 32;

/**
 * Secrets that only an app with these settings derives: what is sealed with them says nothing to the same session
 * secret under another registration, authority or address.
 * @param secrets in any order, which is kept
 */
export function bindSecrets(secrets: readonly string[], binding: SecretBinding): string[] {
  const { clientId, issuer, publicAddress, usesEmulator } = binding;
  const bound = JSON.stringify([clientId, issuer, publicAddress, usesEmulator]);
  const info = `bound to ${hash('sha256', bound, 'base64url')}`;
  return secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', info, SECRET_BYTES)).toString('base64url'),
  );
}
