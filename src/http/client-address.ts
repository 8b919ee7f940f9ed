import { isIP } from 'node:net';
import type { Request } from 'express';
import proxyaddr from 'proxy-addr';

/** Nobody, so many proxies in front, or these addresses and networks: Express's `trust proxy`. */
export type TrustedProxies = false | number | readonly string[];

/** Behind a Unix socket there is nobody but a proxy of this machine. */
const NO_ADDRESS = 'unix socket';

/**
 * By what visitors are counted: the IPv4 address, or the /56 network of an IPv6 address, which is what one household or
 * office is given (RIPE-690). What a proxy names that is no address counts as the connection's own.
 * @param trusted whom to believe; where that is nobody, the app's own `trust proxy` counts
 */
export function clientKeys(trusted: TrustedProxies): (request: Request) => string {
  const isTrusted = trustOf(trusted);
  const addressOf =
    trusted === false ? ({ ip }: Request) => ip : (request: Request) => proxyaddr(request, isTrusted);
  return (request) => networkOf(readAddress(addressOf(request)) ?? readAddress(request.socket.remoteAddress));
}

/**
 * Whom Express or `proxy-addr` believes, also where addresses come with ports.
 * @returns a judge of an address, so many hops away
 */
export function trustOf(trusted: TrustedProxies): (address: string, hop: number) => boolean {
  if (trusted === false) return () => false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  const isTrusted = proxyaddr.compile([...trusted]);
  return (text, hop) => isTrusted(readAddress(text) ?? text, hop);
}

/**
 * An address as connections and proxies write it: with a port (Azure's do), in brackets, in quotation marks (RFC 7239),
 * with a zone, or IPv4 as IPv6 (`::ffff:203.0.113.9`).
 * @returns IPv4, or IPv6 as eight groups; undefined for anything else
 */
function readAddress(text: string | undefined): string | undefined {
  const written = (text ?? '').trim().replace(/^"(.*)"$/, '$1');
  const bare = isIP(written) === 0 ? written.replace(/:\d{1,5}$/, '') : written;
  const [address = ''] = bare.replace(/^\[(.*)\]$/, '$1').split('%', 1);
  const version = isIP(address);
  if (version === 6) return mappedIpv4(address) ?? groupsOf(address).map(hex).join(':');
  return version === 4 ? address : undefined;
}

function networkOf(address: string | undefined): string {
  if (address === undefined) return NO_ADDRESS;
  if (isIP(address) === 4) return address;
  const [first = 0, second = 0, third = 0, fourth = 0] = groupsOf(address);
  return `${[first, second, third, fourth & 0xff00].map(hex).join(':')}::/56`;
}

/** RFC 4291, section 2.5.5.2. */
function mappedIpv4(address: string): string | undefined {
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 6).join(' ') === `0 0 0 0 0 ${0xffff}`;
  return isMapped ? [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.') : undefined;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = [], after = []] = canonical
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}

function hex(group: number): string {
  return group.toString(16);
}
