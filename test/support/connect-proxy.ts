import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';

/** A company's proxy: it connects (CONNECT) whoever signs in, and serves nothing else. */
export interface ConnectProxy {
  /** With its user, as HTTPS_PROXY names it. */
  url: string;
  host: string;
  /** What it was asked for: the host, or method and address of what is no CONNECT. */
  asked: string[];
  close(): void;
}

export interface ConnectProxyOptions {
  /** `user:password`, unencoded; absent: anybody may use it. */
  user?: string;
  /** Answers so instead of connecting. */
  status?: number;
  /** Where every tunnel leads, whatever host was asked for. */
  to?: number;
  /** Speaks TLS itself. */
  tls?: { cert: string; key: string };
}

/** Opens one on this machine. */
export async function openConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(400).end();
  });
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push(url);
    socket.on('error', () => socket.destroy());
    const expected = `Basic ${Buffer.from(options.user ?? '').toString('base64')}`;
    const isKnown = options.user === undefined || headers['proxy-authorization'] === expected;
    const status = isKnown ? options.status : 407;
    if (status === undefined) join(socket, options.to ?? Number(url.match(/\d+$/)));
    else socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 6\r\n\r\nSorry.`);
  });
  const front = options.tls === undefined ? server : secured(server, options.tls);
  front.on('connection', (socket: Socket) => sockets.add(socket));
  await once(front.listen(0, '127.0.0.1'), 'listening');
  const { port } = front.address() as AddressInfo;
  const user = options.user?.split(':').map(encodeURIComponent).join(':');
  return {
    asked,
    host: `localhost:${port}`,
    url: `${options.tls === undefined ? 'http' : 'https'}://${user === undefined ? '' : `${user}@`}localhost:${port}`,
    close() {
      front.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function secured(server: Server, tls: { cert: string; key: string }) {
  return createSecureServer(tls, (socket) => server.emit('connection', socket)).on(
    'tlsClientError',
    () => undefined,
  );
}

function join(socket: Socket, port: number): void {
  const away = connect({ host: 'localhost', port }, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(away).pipe(socket);
  });
  away.on('error', () => socket.destroy());
  socket.on('close', () => away.destroy());
}
