import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { TestAuthority } from './authority-certificates.ts';
import { freePort } from './free-port.ts';

/** A way in which a connection fails, and how it is told. */
export interface BadHost {
  what: string;
  /** Opens it. @returns its address, without a path */
  open(authority: TestAuthority): Promise<string>;
  /** What the sentences say: why, and what to do. */
  says: RegExp;
}

/** Closed by `closeBadHosts`. */
const opened: Server[] = [];

async function listening(server: Server): Promise<number> {
  opened.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Ends all that were opened in this file. */
export function closeBadHosts(): void {
  for (const server of opened.splice(0)) {
    server.close();
    if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function')
      server.closeAllConnections();
  }
}

const secure = (certificate: { cert: string; key: string }) =>
  createHttpsServer(certificate, (_request, response) => response.end('{}'));

const withCertificate =
  (name: string, given?: { fromDays: number; toDays: number }): BadHost['open'] =>
  async (authority) =>
    `https://localhost:${await listening(secure(authority.sign(name, given)))}`;

const speaking = (scheme: string, make: () => Server) => async () =>
  `${scheme}://localhost:${await listening(make())}`;

const plain = () => createHttpServer((_request, response) => response.end('{}'));

/** The kinds that need nothing but this machine. The authority is known to whoever connects. */
export const BAD_HOSTS: readonly BadHost[] = [
  {
    what: 'a certificate for another name',
    open: withCertificate('elsewhere.example'),
    says: /certificate of localhost:\d+ is for a wrong host name \(ERR_TLS_CERT_ALTNAME_INVALID\)\. Check the address/,
  },
  {
    what: 'an expired certificate',
    open: withCertificate('localhost', { fromDays: -3, toDays: -1 }),
    says: /has expired, or the clock of this machine is ahead \(CERT_HAS_EXPIRED\)\. Check the clock/,
  },
  {
    what: 'a certificate that is not valid yet',
    open: withCertificate('localhost', { fromDays: 1, toDays: 2 }),
    says: /is not yet valid, or the clock of this machine is behind \(CERT_NOT_YET_VALID\)\. Check the clock\./,
  },
  {
    what: 'plain HTTP behind https',
    open: speaking('https', plain),
    says: /speaks no TLS, but plain HTTP or something else \(EPROTO\)\. Check the port, and whether the address should begin with http:/,
  },
  {
    what: 'something older than TLS 1.2',
    open: async (authority) => {
      const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const server = createHttpsServer({ ...authority.sign('localhost'), ...old });
      return `https://localhost:${await listening(server)}`;
    },
    says: /cannot agree on how to speak TLS \(EPROTO\)\. Check whether an old proxy stands between/,
  },
  {
    what: 'another protocol behind http',
    open: speaking('http', () => createServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'))),
    says: /does not speak HTTP \(HPE_\w+\)\. Check the port, and whether the address should begin with https:/,
  },
  {
    what: 'a broken connection',
    open: speaking('http', () => createServer((socket) => socket.resetAndDestroy())),
    says: /was reset \(ECONNRESET\)\. Check whether a firewall or a proxy does that/,
  },
  {
    what: 'nobody',
    open: async () => `http://localhost:${await freePort()}`,
    says: /localhost:\d+ was refused: nobody listens there \(ECONNREFUSED\)\. Check the address and the port/,
  },
  {
    what: 'silence',
    open: speaking('http', () => createServer(() => undefined)),
    says: /localhost:\d+ did not answer in time\. Check whether a firewall swallows the connection/,
  },
];
