import { type ClientRequest, request } from 'node:http';
import { isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { systemCodeOf } from '../errors.ts';
import { withoutBrackets } from '../loopback.ts';
import { portOf } from '../proxies.ts';
import { connectToFirst } from './connect.ts';

/** What went wrong between this process and its proxy, or what the proxy refused. */
class ProxyError extends Error {
  /** The system's, or `ERR_PROXY_` with the status of the proxy's response. */
  readonly code: string;
  readonly isAtProxy = true;

  constructor(code: string) {
    super('The proxy made no connection.');
    this.name = 'ProxyError';
    this.code = code;
  }
}

/**
 * Has a proxy connect to a host (CONNECT, RFC 9110, section 9.3.6): what is said to the host passes through it unread.
 * @param timeoutMs after which it is given up
 * @throws ProxyError
 */
export async function tunnelTo(to: TcpNetConnectOpts, proxy: URL, timeoutMs: number): Promise<Socket> {
  const endsAtMs = performance.now() + timeoutMs;
  try {
    const socket = await connectToProxy(to, proxy, timeoutMs);
    return await askForTunnel(socket, to, proxy, endsAtMs - performance.now());
  } catch (error) {
    throw error instanceof ProxyError ? error : new ProxyError(systemCodeOf(error) || 'unknown');
  }
}

async function connectToProxy({ lookup }: TcpNetConnectOpts, proxy: URL, timeoutMs: number): Promise<Socket> {
  const host = withoutBrackets(proxy.hostname);
  const socket = await connectToFirst({ host, port: portOf(proxy), lookup }, timeoutMs);
  if (proxy.protocol === 'http:') return socket;
  const secured = connectSecurely({ socket, ...(isIP(host) === 0 ? { servername: host } : {}) });
  return inTime(timeoutMs, secured, (made) => secured.once('secureConnect', () => made(secured)));
}

function askForTunnel(
  socket: Socket,
  { host = 'localhost', port }: TcpNetConnectOpts,
  proxy: URL,
  timeoutMs: number,
): Promise<Socket> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const asked = request({
    method: 'CONNECT',
    path: authority,
    headers: { Host: authority, ...authorizationOf(proxy) },
    createConnection: () => socket,
  });
  return inTime(timeoutMs, asked, (made, refused) => {
    asked.once('connect', ({ statusCode = 0 }, tunnel: Socket, head: Buffer) => {
      if (statusCode < 200 || statusCode > 299) {
        tunnel.destroy();
        refused(new ProxyError(`ERR_PROXY_${statusCode}`));
        return;
      }
      if (head.length > 0) tunnel.unshift(head);
      made(tunnel);
    });
    asked.end();
  });
}

/** RFC 7617; the only kind that an address can hold. */
function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = [username, password].map(decodeURIComponent).join(':');
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Waits for what a stream comes to, its error, or the end of the time, which ends the stream. */
async function inTime(
  timeoutMs: number,
  stream: Pick<ClientRequest | Socket, 'destroy' | 'once'>,
  begin: (made: (socket: Socket) => void, refused: (error: Error) => void) => void,
): Promise<Socket> {
  const timer = setTimeout(() => stream.destroy(new ProxyError('ETIMEDOUT')), timeoutMs);
  try {
    return await new Promise<Socket>((made, refused) => {
      stream.once('error', refused);
      begin(made, refused);
    });
  } finally {
    clearTimeout(timer);
  }
}
