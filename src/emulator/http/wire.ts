import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { createGzip } from 'node:zlib';
import type { HttpResponse } from './response.ts';

/** What goes wrong below HTTP's meaning: the listener does it while it writes a response. */
export type WireFault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang'; readonly afterHeaders: boolean }
  | { readonly kind: 'drip'; readonly byteEveryMs: number; readonly forever: boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'flood'; readonly bytes: number; readonly gzip: boolean };

/** Writes a response, doing wrong on the way what it is told. Everything ends with the connection. */
export async function writeResponse(
  response: ServerResponse,
  content: HttpResponse,
  faults: readonly WireFault[],
): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === 'delay') await delay(response, fault.ms);
    else return misbehave(response, content, fault);
  }
  if (response.destroyed) return;
  response.writeHead(content.status, {
    ...headersOf(content),
    'Content-Length': Buffer.byteLength(content.body),
  });
  response.end(content.body);
}

/** Node takes lists that may be changed. */
function headersOf({ headers }: HttpResponse): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {};
  for (const name in headers) {
    const value = headers[name];
    sent[name] = typeof value === 'string' ? value : [...(value ?? [])];
  }
  return sent;
}

/** Node can reset a plain connection only; one over TLS just ends. */
function cutOff(socket: Socket | null): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** Waits, but no longer than the connection lasts. */
async function delay(response: ServerResponse, ms: number): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await wait(ms, undefined, { signal: gone.signal }).catch(() => undefined);
}

async function misbehave(
  response: ServerResponse,
  content: HttpResponse,
  fault: Exclude<WireFault, { kind: 'delay' }>,
): Promise<void> {
  switch (fault.kind) {
    case 'reset':
      cutOff(response.socket);
      return;
    case 'hang':
      if (fault.afterHeaders) response.writeHead(content.status, headersOf(content)).flushHeaders();
      return;
    case 'drip':
      return drip(response, content, fault);
    case 'flood':
      return flood(response, content, fault);
  }
}

/** Sends the body a byte at a time, or spaces (which JSON allows in front) for ever. */
function drip(
  response: ServerResponse,
  content: HttpResponse,
  fault: { byteEveryMs: number; forever: boolean },
): void {
  const body = Buffer.from(content.body);
  let sent = 0;
  response.writeHead(content.status, headersOf(content)).flushHeaders();
  const timer = setInterval(() => {
    response.write(fault.forever ? ' ' : body.subarray(sent, ++sent));
    if (!fault.forever && sent >= body.length) response.end();
  }, fault.byteEveryMs);
  response.once('close', () => clearInterval(timer));
}

const CHUNK = Buffer.alloc(64 * 1024, 'a');

function* jsonOfSize(bytes: number): Generator<Buffer> {
  yield Buffer.from('{"flood":"');
  for (let left = bytes; left > 0; left -= CHUNK.length)
    yield CHUNK.subarray(0, Math.min(left, CHUNK.length));
  yield Buffer.from('"}');
}

/** Sends a JSON object of that many bytes, as fast as it is read; with gzip it is small until it is unpacked. */
async function flood(
  response: ServerResponse,
  content: HttpResponse,
  fault: { bytes: number; gzip: boolean },
): Promise<void> {
  const headers = { ...headersOf(content), 'Content-Type': 'application/json; charset=utf-8' };
  response.writeHead(200, fault.gzip ? { ...headers, 'Content-Encoding': 'gzip' } : headers);
  const source = Readable.from(jsonOfSize(fault.bytes));
  const sending = fault.gzip ? pipeline(source, createGzip(), response) : pipeline(source, response);
  await sending.catch(() => undefined);
}
