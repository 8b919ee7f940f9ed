import type { Server } from 'node:http';
import { isIP } from 'node:net';
import { systemCodeOf } from './errors.ts';

/** Whether a host name or address means this machine, whatever a name server says. */
export function isLoopback(host: string): boolean {
  const name = withoutBrackets(host).toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}

/** Whether what is sent to an address is read by nobody on the way: over https, or on this machine. */
export function isHttpsOrLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** A host as sockets take it: URLs write an IPv6 address in brackets, and so do people. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** Servers that listen where `localhost` may lead on this machine. */
interface LoopbackServers {
  port: number;
  servers: readonly Server[];
}

const IPV4 = '127.0.0.1';
const IPV6 = '::1';
/** Errors that mean "this machine has no IPv6 loopback". */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);
const ATTEMPTS = 20;
/**
 * Of connections that the process did not come to yet. With Node's own 511 the next one would ask again after a second:
 * nothing tells it that somebody is there. A system has a bound of its own, 4,096 in Linux (net.core.somaxconn).
 */
export const BACKLOG = 4_096;

/**
 * Listens on 127.0.0.1 and, where there is one, on [::1] at the same port; port 0 takes any that is free on both.
 * @param makeServer makes one for each address
 * @throws the system's error: EADDRINUSE where either address is taken, EACCES
 */
export async function listenOnLoopback(makeServer: () => Server, port: number): Promise<LoopbackServers> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await listenAt(makeServer(), IPV4, port);
    const bound = portOf(first);
    try {
      return { port: bound, servers: [first, await listenAt(makeServer(), IPV6, bound)] };
    } catch (error) {
      if (NO_IPV6.has(systemCodeOf(error))) return { port: bound, servers: [first] };
      await closeAtOnce([first]);
      if (port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Listens at every address of this machine, of IPv6 too where it has that. @throws the system's error */
export async function listenEverywhere(makeServer: () => Server, port: number): Promise<LoopbackServers> {
  const server = await listenAt(makeServer(), '::', port).catch((error: unknown) => {
    if (!NO_IPV6.has(systemCodeOf(error))) throw error;
    return listenAt(makeServer(), '0.0.0.0', port);
  });
  return { port: portOf(server), servers: [server] };
}

/** Listens on one address. @throws the system's error */
export function listenAt(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

/** Cuts connections that are kept alive or still waiting, too. */
export async function closeAtOnce(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    }),
  );
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
