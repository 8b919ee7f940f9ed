import { randomBytes } from 'node:crypto';

const TIME_BYTES = 6;
const BYTES = 16;

/** The opaque `uti` of an access token. It holds the time to the millisecond: `iat` could not tell tokens of one second apart. */
export function newUti(nowMs: number): string {
  const bytes = randomBytes(BYTES);
  bytes.writeUIntBE(nowMs, 0, TIME_BYTES);
  return bytes.toString('base64url');
}

/** When a token was made, in milliseconds; 0 for an `uti` that is none. */
export function timeOfUti(uti: unknown): number {
  const bytes = Buffer.from(String(uti), 'base64url');
  return bytes.length === BYTES ? bytes.readUIntBE(0, TIME_BYTES) : 0;
}
