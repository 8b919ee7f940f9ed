import { fromStoredBytes, STORED_NAME_LENGTH, toStoredBytes } from '../stored-text.ts';

/** One part of a record as lmdb keeps it. */
export interface LmdbEntry {
  expiresAtMs: number;
  /** Stored names of the groups; with the `session` part only. */
  groups: readonly string[];
  text: string;
}

// format (1) | number of groups (1) | expiry, a double (8) | groups, 22 bytes each | text
const FORMAT = 1;
const HEADER_BYTES = 10;
const MAX_GROUPS = 255;

export function encodeEntry({ expiresAtMs, groups, text }: LmdbEntry): Buffer {
  if (groups.length > MAX_GROUPS) throw new RangeError(`a session is in at most ${MAX_GROUPS} groups`);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt8(groups.length, 1);
  header.writeDoubleBE(expiresAtMs, 2);
  return Buffer.concat([header, Buffer.from(groups.join(''), 'latin1'), toStoredBytes(text)]);
}

/** @returns `undefined` for bytes that no `encodeEntry` wrote */
export function decodeEntry(bytes: Buffer | undefined): LmdbEntry | undefined {
  if (bytes === undefined || bytes.length < HEADER_BYTES || bytes.readUInt8(0) !== FORMAT) return undefined;
  const textStart = HEADER_BYTES + bytes.readUInt8(1) * STORED_NAME_LENGTH;
  const expiresAtMs = bytes.readDoubleBE(2);
  if (bytes.length < textStart || !Number.isFinite(expiresAtMs)) return undefined;
  const names = bytes.toString('latin1', HEADER_BYTES, textStart);
  const groups = Array.from({ length: bytes.readUInt8(1) }, (_, n) =>
    names.slice(n * STORED_NAME_LENGTH, (n + 1) * STORED_NAME_LENGTH),
  );
  return { expiresAtMs, groups, text: fromStoredBytes(bytes.subarray(textStart)) };
}
