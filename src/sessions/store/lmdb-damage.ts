import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/*
 * lmdb trusts its file: a page of junk ends the process with a signal that nothing can catch. So the file's pages are
 * looked at before lmdb maps them. Layout: liblmdb's mdb.c (MDB_meta, MDB_page_header, MDB_node, MDB_ovpage), as in
 * lmdb 3.5; all numbers are little-endian on the machines that lmdb has prebuilt binaries for.
 */
const MAGIC = 0xbeefc0de;
const PAGE_HEADER_BYTES = 24;
const META_PAGES = 2;
const META_BYTES = 168;
const NODE_HEADER_BYTES = 8;
const DB_BYTES = 48;
const OVERFLOW_REFERENCE_BYTES = 24;
const NO_ROOT = 0xffff_ffff_ffff_ffffn;
const BRANCH = 0x01;
const LEAF = 0x02;
const OVERFLOW = 0x04;
const NODE_BIG = 0x01;
const NODE_SUB_DB = 0x02;
/** A start should not take long, whatever the file's size: with so many sound pages the rest is trusted. */
const MAX_PAGES_LOOKED_AT = 20_000;

interface Meta {
  pageBytes: number;
  roots: bigint[];
  lastPage: bigint;
  transaction: bigint;
}

interface Reference {
  page: bigint;
  /** How many pages a value of its own pages takes; absent for a page of a tree. */
  overflowPages?: bigint;
}

class Damage extends Error {}

/**
 * Looks for what would make lmdb crash or fail.
 * @returns a few words on the damage; `undefined` for a sound, empty or absent file, or one that another process is
 * writing just now
 */
export function findDamage(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const descriptor = openSync(file, 'r');
  try {
    return fstatSync(descriptor).size === 0 ? undefined : lookAt(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function lookAt(descriptor: number): string | undefined {
  try {
    const before = latestMeta(descriptor);
    const damage = damageOf(() => walk(descriptor, before));
    return latestMeta(descriptor).transaction === before.transaction ? damage : undefined;
  } catch (error) {
    if (error instanceof Damage) return error.message;
    throw error;
  }
}

function damageOf(look: () => void): string | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    if (error instanceof Damage) return error.message;
    throw error;
  }
}

function latestMeta(descriptor: number): Meta {
  const first = metaAt(descriptor, 0);
  const second = metaAt(descriptor, first.pageBytes);
  return second.transaction > first.transaction ? second : first;
}

function metaAt(descriptor: number, position: number): Meta {
  const bytes = readAt(descriptor, position, META_BYTES);
  if (bytes.readUInt32LE(24) !== MAGIC) throw new Damage('no lmdb header');
  const pageBytes = bytes.readUInt32LE(48);
  if (pageBytes < 512 || pageBytes > 65_536) throw new Damage('a page size that cannot be');
  return {
    pageBytes,
    roots: [bytes.readBigUInt64LE(48 + DB_BYTES - 8), bytes.readBigUInt64LE(48 + 2 * DB_BYTES - 8)],
    lastPage: bytes.readBigUInt64LE(144),
    transaction: bytes.readBigUInt64LE(152),
  };
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(descriptor, bytes, 0, length, position) < length) throw new Damage('the file is cut short');
  return bytes;
}

function walk(descriptor: number, meta: Meta): void {
  const pending: Reference[] = meta.roots.map((page) => ({ page }));
  for (let looked = 0; looked < MAX_PAGES_LOOKED_AT; looked += 1) {
    const next = pending.pop();
    if (next === undefined) return;
    if (next.overflowPages !== undefined) lookAtOverflow(descriptor, meta, next.page, next.overflowPages);
    else if (next.page !== NO_ROOT) pending.push(...lookAtTreePage(descriptor, meta, next.page));
  }
}

/** @returns the pages that this one leads to */
function lookAtTreePage(descriptor: number, meta: Meta, page: bigint): Reference[] {
  const bytes = readAt(descriptor, positionOf(meta, page), meta.pageBytes);
  const kind = bytes.readUInt16LE(18) & (BRANCH | LEAF | OVERFLOW);
  const lower = bytes.readUInt16LE(20);
  const upper = bytes.readUInt16LE(22);
  const room = meta.pageBytes - PAGE_HEADER_BYTES;
  const isTreePage = kind === BRANCH || kind === LEAF;
  if (bytes.readBigUInt64LE(0) !== page || !isTreePage || lower > upper || upper > room) {
    throw new Damage(`page ${page} is not what it should be`);
  }
  return Array.from({ length: lower >> 1 }, (_, n) => {
    const offset = bytes.readUInt16LE(PAGE_HEADER_BYTES + 2 * n);
    if (offset < upper || offset > room - NODE_HEADER_BYTES) throw new Damage(`page ${page} leads astray`);
    const node = bytes.subarray(PAGE_HEADER_BYTES + offset);
    return kind === BRANCH ? [{ page: BigInt(node.readUIntLE(0, 6)) }] : referencesOf(node);
  }).flat();
}

function referencesOf(leafNode: Buffer): Reference[] {
  const flags = leafNode.readUInt16LE(4);
  const dataStart = NODE_HEADER_BYTES + leafNode.readUInt16LE(6);
  const isBig = (flags & NODE_BIG) !== 0;
  const dataBytes = isBig ? OVERFLOW_REFERENCE_BYTES : leafNode.readUInt32LE(0);
  if (dataStart + dataBytes > leafNode.length) throw new Damage('an entry reaches beyond its page');
  const data = leafNode.subarray(dataStart, dataStart + dataBytes);
  if (isBig) return [{ page: data.readBigUInt64LE(0), overflowPages: data.readBigUInt64LE(16) }];
  const isDatabase = (flags & NODE_SUB_DB) !== 0 && dataBytes === DB_BYTES;
  return isDatabase ? [{ page: data.readBigUInt64LE(DB_BYTES - 8) }] : [];
}

function lookAtOverflow(descriptor: number, meta: Meta, page: bigint, pages: bigint): void {
  positionOf(meta, page + pages - 1n);
  const header = readAt(descriptor, positionOf(meta, page), PAGE_HEADER_BYTES);
  const isSound =
    header.readBigUInt64LE(0) === page &&
    (header.readUInt16LE(18) & OVERFLOW) !== 0 &&
    BigInt(header.readUInt32LE(20)) === pages;
  if (!isSound) throw new Damage(`page ${page} is not what it should be`);
}

function positionOf(meta: Meta, page: bigint): number {
  if (page < META_PAGES || page > meta.lastPage) throw new Damage(`a page ${page} that cannot be`);
  return Number(page) * meta.pageBytes;
}
