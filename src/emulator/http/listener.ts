import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A certificate and key that nobody can be served with. */
export class CertificateError extends Error {}

/** A certificate and its key, as PEM texts. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Something that listens on both loopback addresses of this machine. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const IPV4 = '127.0.0.1';
const IPV6 = '::1';
/** Errors that mean "this machine has no IPv6 loopback". */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);
const ATTEMPTS = 20;

/**
 * Listens on 127.0.0.1 and, where there is one, on [::1] at the same port; port 0 takes any that is free on both.
 * @throws the system's EADDRINUSE (or EACCES) for a given port, CertificateError for a certificate and key that are no pair
 */
export async function listen(handler: RequestListener, port: number, tls?: TlsFiles): Promise<Listener> {
  for (let attempt = 1; ; attempt++) {
    const first = await listenOn(IPV4, port, handler, tls);
    try {
      const second = await listenOn(IPV6, portOf(first), handler, tls);
      return listenerOver([first, second]);
    } catch (error) {
      if (NO_IPV6.has(codeOf(error))) return listenerOver([first]);
      await closeServer(first);
      if (port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

function listenOn(host: string, port: number, handler: RequestListener, tls?: TlsFiles): Promise<Server> {
  const server = tls === undefined ? createServer(handler) : tlsServer(handler, tls);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function tlsServer(handler: RequestListener, tls: TlsFiles): Server {
  try {
    return createTlsServer({ ...tls }, handler);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CertificateError(`The certificate and its key are not a pair of PEM files (${reason}).`, {
      cause: error,
    });
  }
}

function listenerOver(servers: readonly Server[]): Listener {
  const [first] = servers;
  return {
    port: first === undefined ? 0 : portOf(first),
    close: async () => void (await Promise.all(servers.map(closeServer))),
  };
}

/** Ends at once: connections that are kept alive or still waiting are cut. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return isAddressInfo(address) ? address.port : 0;
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
