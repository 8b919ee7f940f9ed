import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a sealed text held, and whether the newest secret sealed it. */
export interface Opened {
  text: string;
  /** `false` where an older secret opened it: seal it again at the next write. */
  current: boolean;
}

/** Makes texts unreadable and unchangeable for everybody who reads or writes the store without the session secret. */
export interface Sealer {
  /**
   * Seals a text for one place.
   * @param context names the place, such as `<session id> tokens`; the same has to be given to `open`
   * @returns a string of code units up to U+00FF, one for each byte: a store keeps it as latin1
   */
  seal(text: string, context: string): string;
  /** @returns `undefined` for whatever was not sealed by one of the secrets, in this form, for this context */
  open(sealed: string, context: string): Opened | undefined;
}

interface SealingKey {
  key: KeyObject;
  /** Four bytes in clear in front of each sealed text, so that the right one of several secrets is tried. */
  id: Buffer;
}

interface Parts {
  kind: number;
  iv: Buffer;
  ciphertext: Buffer;
  tag: Buffer;
}

// kind (1) | key id (4) | iv (12) | ciphertext | tag (16)
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + IV_BYTES;
const ALGORITHM = 'aes-256-gcm';

const KIND_PLAIN = 1;
const KIND_DEFLATED = 2;
/** Deflating costs four times what sealing costs, so only what would not fit the 8 KiB of a record is deflated. */
const DEFLATE_ABOVE_BYTES = 7_500;
const MAX_INFLATED_BYTES = 1_048_576;

/**
 * Seals with AES-256-GCM under keys that HKDF-SHA256 derives from the secrets, once, here.
 * @param secrets newest first: the first one seals, every one opens
 * @param purpose separates the keys of this use from those of any other use of the same secrets
 */
export function createSealer(secrets: readonly string[], purpose: string): Sealer {
  const keys = secrets.map((secret) => deriveKey(secret, purpose));
  const newest = keys[0];
  if (newest === undefined) throw new Error('a sealer needs at least one secret');
  return {
    seal: (text, context) => seal(newest, text, context),
    open: (sealed, context) => open(keys, Buffer.from(sealed, 'latin1'), context),
  };
}

function deriveKey(secret: string, purpose: string): SealingKey {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `seal ${purpose}`, 32 + KEY_ID_BYTES));
  return { key: createSecretKey(bytes.subarray(0, 32)), id: bytes.subarray(32) };
}

function seal({ key, id }: SealingKey, text: string, context: string): string {
  const plain = Buffer.from(text, 'utf8');
  const kind = plain.length > DEFLATE_ABOVE_BYTES ? KIND_DEFLATED : KIND_PLAIN;
  const body = kind === KIND_DEFLATED ? deflateRawSync(plain, { level: 1 }) : plain;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv);
  cipher.setAAD(associatedData(kind, context));
  const ciphertext = cipher.update(body);
  cipher.final();
  return Buffer.concat([Buffer.of(kind), id, iv, ciphertext, cipher.getAuthTag()]).toString('latin1');
}

function open(keys: readonly SealingKey[], sealed: Buffer, context: string): Opened | undefined {
  if (sealed.length < HEADER_BYTES + TAG_BYTES) return undefined;
  const id = sealed.subarray(1, 1 + KEY_ID_BYTES);
  const parts: Parts = {
    kind: sealed.readUInt8(0),
    iv: sealed.subarray(1 + KEY_ID_BYTES, HEADER_BYTES),
    ciphertext: sealed.subarray(HEADER_BYTES, -TAG_BYTES),
    tag: sealed.subarray(-TAG_BYTES),
  };
  for (const [age, candidate] of keys.entries()) {
    const text = candidate.id.equals(id) ? openWith(candidate.key, parts, context) : undefined;
    if (text !== undefined) return { text, current: age === 0 };
  }
  return undefined;
}

function openWith(key: KeyObject, { kind, iv, ciphertext, tag }: Parts, context: string): string | undefined {
  if (kind !== KIND_PLAIN && kind !== KIND_DEFLATED) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(kind, context));
  decipher.setAuthTag(tag);
  const body = decipher.update(ciphertext);
  try {
    decipher.final();
  } catch {
    return undefined; // the tag does not fit: nothing of the body may be looked at
  }
  const plain = kind === KIND_DEFLATED ? inflateRawSync(body, { maxOutputLength: MAX_INFLATED_BYTES }) : body;
  return plain.toString('utf8');
}

const associatedData = (kind: number, context: string): Buffer => Buffer.from(`${kind} ${context}`, 'utf8');
