import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * What stores know groups by. A group is named after a person or a session with the identity platform, whose ids many
 * can list: without the key nobody can tell from a store who is signed in.
 */
export interface GroupNames {
  /** Under the newest secret. */
  newest(groups: readonly string[]): string[];
  /** Under each secret: a session keeps its places from when it started until it is sealed with a newer one. */
  all(group: string): string[];
}

const KEY_BYTES = 32;
/** 132 bits. */
const NAME_LENGTH = 22;

/** @param secrets newest first */
export function createGroupNames(secrets: readonly string[]): GroupNames {
  const keys = secrets.map(deriveKey);
  return {
    newest: (groups) => keys.slice(0, 1).flatMap((key) => groups.map((group) => nameOf(key, group))),
    all: (group) => keys.map((key) => nameOf(key, group)),
  };
}

function deriveKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'names of groups', KEY_BYTES)));
}

function nameOf(key: KeyObject, group: string): string {
  return createHmac('sha256', key).update(group).digest('base64url').slice(0, NAME_LENGTH);
}
