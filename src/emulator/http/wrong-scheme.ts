import type { Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { plainOrigin } from './request.ts';

/** The first byte of a TLS connection: a record of its handshake (RFC 8446, section 5.1). */
const HANDSHAKE = 0x16;
/** Who says nothing for so long is gone. */
const SILENCE_MS = 120_000;

/** Tells who speaks http to a port of https so, where TLS would break the connection off without a word. */
export function answerPlainHttp(server: Server): void {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const end = () => socket.destroy();
    socket.on('error', end).setTimeout(SILENCE_MS, end);
    socket.once('data', (first: Buffer) => {
      if (first[0] !== HANDSHAKE) return refuse(socket, socket.localPort, 'https');
      socket.off('error', end).off('timeout', end).setTimeout(0).pause();
      socket.unshift(first);
      for (const listener of listeners) Reflect.apply(listener, server, [socket]);
    });
  });
}

/** What Node answers by itself to what it cannot read. */
const STATUS_OF: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Says so on standard error, once, where somebody speaks TLS to a port of http: the client shows no words of ours. */
export function noticeTls(server: Server): void {
  let isSaid = false;
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket: Duplex) => {
    const isTls = error.rawPacket?.[0] === HANDSHAKE;
    if (isTls && !isSaid)
      console.error(`the emulator was spoken to in https. ${wordsFor(portOf(server), 'http')}`);
    isSaid ||= isTls;
    const isFresh = socket instanceof Socket && socket.bytesWritten === 0 && socket.writable;
    if (!isFresh) socket.destroy();
    else if (isTls) refuse(socket, portOf(server), 'http');
    else
      socket.end(`HTTP/1.1 ${STATUS_OF[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
  });
}

function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'string' ? undefined : address?.port;
}

function wordsFor(port: number | undefined, scheme: 'http' | 'https'): string {
  return `This port speaks ${scheme}: the address is ${plainOrigin(`${scheme}://localhost:${port}`)}`;
}

function refuse(socket: Duplex, port: number | undefined, scheme: 'http' | 'https'): void {
  const text = `${wordsFor(port, scheme)}\n`;
  const headers = `Content-Type: text/plain\r\nContent-Length: ${text.length}\r\nConnection: close`;
  socket.end(`HTTP/1.1 400 Bad Request\r\n${headers}\r\n\r\n${text}`);
}
