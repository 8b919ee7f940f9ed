import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectToFirst } from '../../src/network/connect.ts';
import { createHttpClient } from '../../src/network/http-client.ts';
import { freePort } from '../support/free-port.ts';
import { finding, NOWHERE, openSlowHost, type SlowHost } from '../support/slow-host.ts';
import { until } from '../support/until.ts';

const HERE = { address: '127.0.0.1', family: 4 };
const PATIENT_MS = 20_000;

let closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

async function slowHost(host?: string, port?: number): Promise<SlowHost> {
  const slow = await openSlowHost(host, port);
  closing.push(() => slow.close());
  return slow;
}

async function listening(
  host = HERE.address,
): Promise<{ server: Server; port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await once(server.listen(0, host), 'listening');
  closing.push(() => server.close());
  return { server, port: (server.address() as AddressInfo).port, sockets };
}

/** Connected and connecting ones, of this whole process. */
const openSockets = () =>
  process.getActiveResourcesInfo().filter((name) => /^TCP(Socket|Connect)Wrap$/.test(name)).length;

describe('a slow line', () => {
  let slow: SlowHost;
  beforeEach(async () => {
    slow = await slowHost();
    setTimeout(() => slow.thaw(), 600);
  });

  test('is given up by Node, where another address leads nowhere', async () => {
    const find = finding(slow.address, NOWHERE);
    const socket = connect({ host: 'localhost', port: slow.port, lookup: find, autoSelectFamily: true });
    closing.push(() => socket.destroy());
    const connected = once(socket, 'connect').then(() => true);
    expect(await Promise.race([connected.catch(() => false), pause(2_500, false)])).toBe(false);
  });

  test.each([
    ['first', (address: typeof HERE) => [address, NOWHERE]],
    ['last', (address: typeof HERE) => [NOWHERE, address]],
    ['between', (address: typeof HERE) => [NOWHERE, address, NOWHERE]],
  ])('is waited for, with its address %s', async (_name, addressesOf) => {
    const client = createHttpClient(
      { maxBytes: 1_000, timeoutMs: PATIENT_MS },
      finding(...addressesOf(slow.address)),
    );
    const { signal } = new AbortController();
    const url = `http://graph.example:${slow.port}/`;
    const first = await client({ method: 'GET', url, headers: {}, signal });
    const second = await client({ method: 'GET', url, headers: {}, signal });
    expect([first, second].map(({ status, request }) => [status, request.reusedSocket])).toEqual([
      [200, false],
      [200, true],
    ]);
  });
});

test('a slow line is waited for before a connection is made secure, too', async () => {
  const slow = await slowHost();
  setTimeout(() => slow.thaw(), 600);
  const client = createHttpClient({ maxBytes: 1_000, timeoutMs: PATIENT_MS }, finding(slow.address, NOWHERE));
  const { signal } = new AbortController();
  const url = `https://graph.example:${slow.port}/`;
  // The host speaks no TLS, which nobody can know who has not got there.
  await expect(client({ method: 'GET', url, headers: {}, signal })).rejects.toMatchObject({ code: 'EPROTO' });
});

describe('several addresses', () => {
  test('one that never answers costs a quarter of a second, and its attempt ends', async () => {
    const { port, sockets } = await listening();
    const silent = await slowHost('127.0.0.2', port);
    const before = openSockets();
    const beganAtMs = performance.now();
    const socket = await connectToFirst(
      { host: 'graph.example', port, lookup: finding(silent.address, HERE) },
      PATIENT_MS,
    );
    const tookMs = performance.now() - beganAtMs;
    expect([socket.remoteAddress, tookMs >= 240, tookMs < 5_000]).toEqual([HERE.address, true, true]);
    socket.destroy();
    await until(() => sockets.size === 0 && openSockets() <= before);
  });

  test('the first that accepts is the only one', async () => {
    const { port, sockets } = await listening();
    const host = { host: 'graph.example', port, lookup: finding(HERE, HERE, HERE) };
    const socket = await connectToFirst(host, PATIENT_MS);
    await until(() => sockets.size > 0);
    expect(sockets.size).toBe(1);
    socket.destroy();
  });

  test.each([
    ['last', [NOWHERE, HERE]],
    ['first', [HERE, NOWHERE]],
  ])('one that refuses %s says more than one that leads nowhere', async (_name, addresses) => {
    const host = { host: 'graph.example', port: await freePort(), lookup: finding(...addresses) };
    await expect(connectToFirst(host, 5_000)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('all silent: an end in time', async () => {
    const { address, port } = await slowHost();
    const host = { host: 'graph.example', port, lookup: finding(address, address) };
    await expect(connectToFirst(host, 400)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  test('a name that nobody has', async () => {
    await expect(connectToFirst({ host: 'nobody.invalid', port: 1 }, PATIENT_MS)).rejects.toMatchObject({
      syscall: 'getaddrinfo',
    });
  });
});
