import { createHash, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { der, oid, sequence, TAG } from './der.ts';

// RFC 5280 section 4.2.1.

const TRUE = der(TAG.boolean, Buffer.from([0xff]));
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(id), ...(isCritical ? [TRUE] : []), der(TAG.octets, value));
}

/** What an authority is: one that signs servers of these names and addresses, and no other authority. */
export function authorityExtensions(key: KeyObject, names: readonly string[]): readonly Buffer[] {
  return [
    extension('2.5.29.19', sequence(TRUE, der(TAG.integer, Buffer.from([0]))), true),
    // certificate signing, revocation lists
    extension('2.5.29.15', der(TAG.bitString, Buffer.from([1, 0x06])), true),
    extension('2.5.29.37', sequence(oid(SERVER_AUTHENTICATION))),
    extension('2.5.29.30', sequence(der(0xa0, ...names.map((name) => sequence(subtree(name))))), true),
    extension('2.5.29.14', der(TAG.octets, keyId(key))),
  ];
}

/** What a server is: one of these names, under the authority with this key. */
export function serverExtensions(
  key: KeyObject,
  authorityKey: KeyObject,
  names: readonly string[],
): readonly Buffer[] {
  return [
    extension('2.5.29.19', sequence(), true),
    // digital signature
    extension('2.5.29.15', der(TAG.bitString, Buffer.from([7, 0x80])), true),
    extension('2.5.29.37', sequence(oid(SERVER_AUTHENTICATION))),
    extension('2.5.29.17', sequence(...names.map((name) => generalName(name, addressBytes(name))))),
    extension('2.5.29.14', der(TAG.octets, keyId(key))),
    extension('2.5.29.35', sequence(der(0x80, keyId(authorityKey)))),
  ];
}

const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** A DNS name, or an address by its bytes. */
function generalName(name: string, address: Buffer): Buffer {
  return isIP(name) === 0 ? der(DNS_NAME, Buffer.from(name)) : der(IP_ADDRESS, address);
}

/** A name in a constraint, which has all names below it; an address has a mask there, of which every bit counts. */
function subtree(name: string): Buffer {
  const address = addressBytes(name);
  return generalName(name.replace(/^\*\./, ''), Buffer.concat([address, Buffer.alloc(address.length, 0xff)]));
}

/** Of 127.0.0.1 and ::1, the only addresses that are served. */
function addressBytes(name: string): Buffer {
  if (isIP(name) === 4) return Buffer.from(name.split('.').map(Number));
  const bytes = Buffer.alloc(16);
  bytes[15] = 1;
  return bytes;
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}
