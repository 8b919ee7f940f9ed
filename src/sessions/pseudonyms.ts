import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';

/** What stands for a person in the log: always the same, and nobody's without the secret. */
export interface Pseudonyms {
  /** @param objectId of the person in the tenant that they signed in to; their id for good */
  ofObjectId(objectId: string): string;
  /** @param username as the directory has it now: it may change, or become somebody else's */
  ofUsername(username: string): string;
}

/** What a pseudonym looks like, to find one in a line. */
export const PSEUDONYM = /\bwho-[\w-]{16}/g;

const KEY_BYTES = 32;
/** 96 bits: no two people of any directory share one. */
const CHARACTERS = 16;

/**
 * Pseudonyms under a key that HKDF-SHA256 derives from a session secret.
 * @param secrets newest first: the first one names people
 */
export function createPseudonyms([secret]: readonly string[]): Pseudonyms {
  if (secret === undefined) throw new Error('pseudonyms need a secret');
  const derived = hkdfSync('sha256', secret, '', 'pseudonyms of the log', KEY_BYTES);
  const key = createSecretKey(Buffer.from(derived));
  const of = (kind: string, name: string) => {
    const digest = createHmac('sha256', key)
      .update(`${kind} ${comparable(name)}`)
      .digest('base64url');
    return `who-${digest.slice(0, CHARACTERS)}`;
  };
  return {
    ofObjectId: (objectId) => of('object id', objectId),
    ofUsername: (username) => of('username', username),
  };
}

/** Both are written in any case, and an administrator may type them in another one. */
function comparable(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
