import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { closeAtOnce, listenEverywhere, listenOnLoopback } from '../../loopback.ts';
import { answerPlainHttp, noticeTls } from './wrong-scheme.ts';

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
  const open = new Set<Socket>();
  const makeServer = () => {
    const server = tls === undefined ? plainServer(handler) : tlsServer(handler, tls);
    return server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });
  };
  const { port: bound, servers } = everywhere
    ? await listenEverywhere(makeServer, port)
    : await listenOnLoopback(makeServer, port);
  return {
    port: bound,
    close() {
      const closed = closeAtOnce(servers);
      // Those that have not finished their handshake, which no server of https knows.
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
}

function plainServer(handler: RequestListener): Server {
  const server = createServer(handler);
  noticeTls(server);
  return server;
}

function tlsServer(handler: RequestListener, tls: TlsFiles): Server {
  try {
    const server = createTlsServer({ cert: tls.cert, key: tls.key }, handler);
    answerPlainHttp(server);
    return server;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CertificateError(`The certificate and its key are not a pair of PEM files (${reason}).`, {
      cause: error,
    });
  }
}
