import { type KeyRing, type Signer, signHs256, signingInputOf, signRs256 } from '../tokens/index.ts';

/**
 * How a token may be signed: `good`; one bit `flipped`; `none` at all; `hs256` with the client's secret; `unknown-key`
 * (a key and kid nobody published); `wrong-key` (a published kid, another key); `rotated-key` (a key published this
 * moment, the old one withdrawn).
 */
export const SIGNATURES = [
  'good',
  'flipped',
  'none',
  'hs256',
  'unknown-key',
  'wrong-key',
  'rotated-key',
] as const;

/** A token to be made wrong: what it says, and how it is signed. */
export interface Forgery {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: unknown;
  readonly signature: (typeof SIGNATURES)[number];
  readonly secret: string;
}

/** Makes such a token. */
export function forgedToken(forgery: Forgery, keys: KeyRing): string {
  const { header, payload, signature, secret } = forgery;
  const signer: Signer = keys.find(String(header.kid))?.signer ?? 'work';
  switch (signature) {
    case 'none':
      return `${signingInputOf({ ...header, alg: 'none' }, payload)}.`;
    case 'hs256':
      return signHs256(header, payload, secret);
    case 'unknown-key': {
      const key = keys.unpublished(signer);
      return signRs256({ ...header, kid: key.kid }, payload, key.privateKey);
    }
    case 'wrong-key':
      return signRs256(header, payload, keys.unpublished(signer).privateKey);
    case 'rotated-key': {
      const key = keys.rotate(signer, true);
      return signRs256({ ...header, kid: key.kid }, payload, key.privateKey);
    }
    case 'flipped':
      return flipped(signRs256(header, payload, keys.current(signer).privateKey));
    case 'good':
      return signRs256(header, payload, keys.current(signer).privateKey);
  }
}

function flipped(token: string): string {
  const dot = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(dot + 1), 'base64url');
  signature[0] = (signature[0] ?? 0) ^ 1;
  return `${token.slice(0, dot)}.${signature.toString('base64url')}`;
}
