import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Turns values into opaque tokens and back, so that nothing has to be remembered for them. */
export interface Seal {
  /** The value as base64url text without dots, readable to nobody else. */
  close(value: unknown): string;
  /** The value again, or undefined when the text was not made by this seal since its last renewal. */
  open(text: string): unknown;
  /** Makes everything sealed so far worthless. */
  renew(): void;
  /** What it seals with, to be kept. */
  key(): Buffer;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Creates a seal (AES-256-GCM) with a key of its own, or with one that was kept; `changed` is called after each renewal. */
export function createSeal(kept?: Buffer, changed?: () => void): Seal {
  let key = kept ?? randomBytes(KEY_BYTES);
  return {
    close: (value) => encrypt(JSON.stringify(value), key).toString('base64url'),
    open: (text) => decrypt(Buffer.from(text, 'base64url'), key),
    renew() {
      key = randomBytes(KEY_BYTES);
      changed?.();
    },
    key: () => key,
  };
}

function encrypt(text: string, key: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(sealed: Buffer, key: Buffer): unknown {
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const body = decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES));
    return JSON.parse(Buffer.concat([body, decipher.final()]).toString('utf8'));
  } catch {
    return undefined;
  }
}
