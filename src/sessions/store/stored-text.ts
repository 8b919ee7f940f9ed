import { createHash } from 'node:crypto';

/**
 * A text as the bytes that a store keeps: one for each code unit, half of what base64url or UTF-8 would make of sealed
 * texts at worst.
 * @throws TypeError for a text that the sealer did not make and that would come back changed
 */
export function toStoredBytes(text: string): Buffer {
  if (/[\u0100-\uffff]/.test(text))
    throw new TypeError('a store keeps texts of code units up to U+00FF only');
  return Buffer.from(text, 'latin1');
}

export function fromStoredBytes({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}

/** A name of any length and any characters as 22 safe ones, alike for like names: for groups and names used once, as keys. */
export function storedName(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, STORED_NAME_LENGTH);
}

export const STORED_NAME_LENGTH = 22;
