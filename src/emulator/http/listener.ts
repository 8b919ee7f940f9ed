import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { closeAtOnce, listenEverywhere, listenOnLoopback } from '../../loopback.ts';

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

/** How it listens: on loopback by default. */
interface Listening {
  readonly tls?: TlsFiles | undefined;
  /** At every address of this machine. */
  readonly everywhere?: boolean | undefined;
}

/**
 * Listens at a port; 0 takes any that is free.
 * @throws the system's EADDRINUSE (or EACCES) for a given port, CertificateError for a certificate and key that are no pair
 */
export async function listen(handler: RequestListener, port: number, how: Listening = {}): Promise<Listener> {
  const { tls, everywhere = false } = how;
  const makeServer = () => (tls === undefined ? createServer(handler) : tlsServer(handler, tls));
  const { port: bound, servers } = everywhere
    ? await listenEverywhere(makeServer, port)
    : await listenOnLoopback(makeServer, port);
  return { port: bound, close: () => closeAtOnce(servers) };
}

function tlsServer(handler: RequestListener, tls: TlsFiles): Server {
  try {
    return createTlsServer({ cert: tls.cert, key: tls.key }, handler);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CertificateError(`The certificate and its key are not a pair of PEM files (${reason}).`, {
      cause: error,
    });
  }
}
