import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { closeAtOnce, listenOnLoopback } from '../../loopback.ts';

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

/**
 * Listens on the loopback addresses; port 0 takes any that is free.
 * @throws the system's EADDRINUSE (or EACCES) for a given port, CertificateError for a certificate and key that are no pair
 */
export async function listen(handler: RequestListener, port: number, tls?: TlsFiles): Promise<Listener> {
  const makeServer = () => (tls === undefined ? createServer(handler) : tlsServer(handler, tls));
  const { port: bound, servers } = await listenOnLoopback(makeServer, port);
  return { port: bound, close: () => closeAtOnce(servers) };
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
