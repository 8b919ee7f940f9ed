import { isIP } from 'node:net';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import proxyaddr from 'proxy-addr';

/** Nobody, so many proxies in front, or these addresses and networks: Express's `trust proxy`. */
export type TrustedProxies = false | number | readonly string[];

/** Behind a Unix socket there is nobody but a proxy of this machine. */
const NO_ADDRESS = 'unix socket';
/** What one household or office is given of IPv6 (RIPE-690). */
const HOUSEHOLD_BITS = 56;

/**
 * By what visitors are counted: the IPv4 address, or the /56 network of an IPv6 address, which is what one household or
 * office is given (RIPE-690). What a proxy names that is no address counts as the connection's own.
 * @param trusted whom to believe; where that is nobody, the app's own `trust proxy` counts
 */
export function clientKeys(trusted: TrustedProxies): (request: Request) => string {
  const isTrusted = trustOf(trusted);
  const addressOf =
    trusted === false ? ({ ip }: Request) => ip : (request: Request) => proxyaddr(request, isTrusted);
  return (request) => {
    const address = readAddress(addressOf(request)) ?? readAddress(request.socket.remoteAddress);
    return address === undefined ? NO_ADDRESS : ipKeyGenerator(address, HOUSEHOLD_BITS);
  };
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
 * @returns it alone; undefined for anything else
 */
function readAddress(text: string | undefined): string | undefined {
  const written = (text ?? '').trim().replace(/^"(.*)"$/, '$1');
  const bare = isIP(written) === 0 ? written.replace(/:\d{1,5}$/, '') : written;
  const [address = ''] = bare.replace(/^\[(.*)\]$/, '$1').split('%', 1);
  return isIP(address) === 0 ? undefined : address;
}
