import { readFileSync, statSync } from 'node:fs';
import { systemCodeOf } from './errors.ts';
import { ownUser } from './user-name.ts';

/** A text, or why there is none: the end of a sentence that begins with the name of the setting. */
type ReadText = { text: string } | { problem: string };

/** Settings, keys and tokens are far smaller; a device without an end is not read for ever. */
const MAX_BYTES = 1_048_576;
const READABLE_BY_OTHERS = 0o004;

/** Reads a text that somebody saved or a platform mounted. */
export function readTextFile(file: string): ReadText {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return unreadable('it is no file');
    if (stat.size > MAX_BYTES) return unreadable('it is larger than 1 MiB');
    const read = decodeText(readFileSync(file));
    return 'problem' in read ? { problem: `names a file that ${read.problem}` } : read;
  } catch (error) {
    return unreadable(reasonOf(systemCodeOf(error)));
  }
}

/** The same for a text of one value, without white space around it. */
export function readValueFile(file: string): ReadText {
  const read = readTextFile(file);
  if ('problem' in read) return read;
  const text = trimmed(read.text);
  return text === '' ? { problem: 'names a file that is empty' } : { text };
}

function unreadable(reason: string): ReadText {
  return { problem: `names a file that cannot be read: ${reason}` };
}

function reasonOf(code: string): string {
  if (/^(ENOENT|ENOTDIR)$/.test(code)) return 'it does not exist';
  return /^(EACCES|EPERM)$/.test(code) ? `${ownUser()} may not read it` : code;
}

/**
 * What a certificate store exports as binary is known by its first bytes. UTF-8, with a byte order mark or without. UTF-16, as Windows PowerShell's `>` writes it, is known by its mark or by its
 * NULs, which no text of ours has.
 */
export function decodeText(bytes: Buffer): ReadText {
  if (/^3082/.test(bytes.subarray(0, 2).toString('hex'))) {
    return { problem: 'is DER or PKCS #12: convert it to PEM' };
  }
  const isMarked = /^(fffe|feff)/.test(bytes.subarray(0, 2).toString('hex'));
  if (isMarked || bytes.includes(0)) return { problem: 'is in UTF-16: save it as UTF-8' };
  return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
}

/** Without white space and invisible characters around it, which copying from a page or a dialog brings along. */
export function trimmed(text: string): string {
  return text.replace(AROUND, '');
}

/** White space, control characters, and formats such as U+200B, U+200E and the byte order mark. */
const AROUND = /^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu;

/** Whether every user of this machine can read a file; nobody knows on Windows, which has no such modes. */
export function isReadableByOthers(file: string): boolean {
  if (process.platform === 'win32') return false;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & READABLE_BY_OTHERS) !== 0;
}
