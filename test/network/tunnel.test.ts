import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectionTrouble, silenceOf } from '../../src/connection-trouble.ts';
import { createHttpClient } from '../../src/network/http-client.ts';
import { readProxies } from '../../src/proxies.ts';
import { makeAuthority } from '../support/authority-certificates.ts';
import { type ConnectProxyOptions, openConnectProxy } from '../support/connect-proxy.ts';
import { freePort } from '../support/free-port.ts';

const USER = 'CORP\\ada:p@ss:w/rd %ü';
const URL_OF_GRAPH = 'https://graph.example/v1.0/users';
const PLAIN_URL = 'http://orders.example/v1/orders';

let folder: string;
let tls: { cert: string; key: string };
let closing: (() => unknown)[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunnel-test-'));
  tls = makeAuthority(folder).sign('localhost');
});
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

async function proxyWith(options: ConnectProxyOptions) {
  const proxy = await openConnectProxy(options);
  closing.push(proxy.close);
  return proxy;
}

async function target(): Promise<number> {
  const server = createServer((request, response) => response.end(`answer to ${request.url}`));
  await once(server.listen(0, 'localhost'), 'listening');
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return (server.address() as AddressInfo).port;
}

/** Asks through a proxy. */
async function ask(proxy: string, url = URL_OF_GRAPH, timeoutMs = 5_000) {
  const client = createHttpClient(
    { maxBytes: 1_000, timeoutMs },
    undefined,
    readProxies({ HTTPS_PROXY: proxy, HTTP_PROXY: proxy }),
  );
  const signal = AbortSignal.timeout(timeoutMs);
  return client({ method: 'GET', url, headers: { Authorization: 'Bearer a-token' }, signal });
}

/** What is said of a request through a proxy. */
async function troubleWith(proxy: string, url = URL_OF_GRAPH): Promise<string> {
  const error: unknown = await ask(proxy, url).catch((thrown: unknown) => thrown);
  return connectionTrouble(error, 'graph.example');
}

test('an http address is asked through a tunnel too, so that no proxy reads a token', async () => {
  const proxy = await proxyWith({ to: await target(), user: USER });
  const { status, data } = await ask(proxy.url, PLAIN_URL);
  expect([status, String(data)]).toEqual([200, 'answer to /v1/orders']);
  expect(proxy.asked).toEqual(['orders.example:80']);
});

test('a proxy may speak TLS itself', async () => {
  const secured = await proxyWith({ to: await target(), tls });
  const error = await troubleWith(secured.url, PLAIN_URL);
  expect(error).toMatch(
    `The certificate of the proxy ${secured.host} is of an unknown certificate authority`,
  );
});

test('an IPv6 address keeps its brackets', async () => {
  const proxy = await proxyWith({ to: await target() });
  await ask(proxy.url, 'http://[2001:db8::1]:8080/');
  expect(proxy.asked).toEqual(['[2001:db8::1]:8080']);
});

describe('what is wrong is said with the name of the proxy, and without its user', () => {
  test.each([
    [
      { user: 'somebody:else' },
      /^The proxy localhost:\d+ wants a user and a password.*\(ERR_PROXY_407\)\. .*Basic/,
    ],
    [
      { status: 403 },
      /^The proxy localhost:\d+ refused to connect to graph\.example \(ERR_PROXY_403\)\. .*NO_PROXY/,
    ],
    [{ status: 302 }, /^The proxy localhost:\d+ refused to connect to graph\.example \(ERR_PROXY_302\)\./],
    [{ status: 502 }, /^The proxy localhost:\d+ could not connect to graph\.example \(ERR_PROXY_502\)\./],
  ])('%j', async (options: ConnectProxyOptions, says) => {
    const proxy = await proxyWith(options);
    const said = await troubleWith(proxy.url.replace('//', '//wrong:secret@').replace('somebody:else@', ''));
    expect(said).toMatch(says);
    expect(said).not.toMatch(/secret|token/);
  });

  test('nobody listens there', async () => {
    const port = await freePort();
    expect(await troubleWith(`http://localhost:${port}`)).toMatch(
      `The connection to the proxy localhost:${port} was refused: nobody listens there (ECONNREFUSED).`,
    );
  });

  test('it has no such name', async () => {
    expect(await troubleWith('http://proxy.invalid:8080')).toMatch(
      /such name as the proxy proxy\.invalid|name server/,
    );
  });

  test('it speaks no HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    await once(server.listen(0, 'localhost'), 'listening');
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await troubleWith(`http://localhost:${port}`)).toMatch(
      `What answers at the proxy localhost:${port} does not speak HTTP`,
    );
  });

  test('it is silent, whether a connection was made or not', async () => {
    const server = createTcpServer((socket) => closing.push(() => socket.destroy()));
    await once(server.listen(0, 'localhost'), 'listening');
    closing.push(() => server.close());
    const proxy = `localhost:${(server.address() as AddressInfo).port}`;
    const error: unknown = await ask(`http://${proxy}`, URL_OF_GRAPH, 300).catch((thrown: unknown) => thrown);
    expect(silenceOf('graph.example', error)).toMatch(`The way there leads through the proxy ${proxy}.`);
  });

  test('the host behind it has a certificate that nobody knows', async () => {
    const server = createSecureServer(tls, (_request, response) => response.end());
    await once(server.listen(0, 'localhost'), 'listening');
    closing.push(() => server.close());
    const proxy = await proxyWith({ to: (server.address() as AddressInfo).port });
    expect(await troubleWith(proxy.url)).toMatch(
      new RegExp(`^The certificate of graph.example is.*through the proxy ${proxy.host}\\.$`),
    );
  });
});

test('without a proxy it is said that none is asked, where a proxy may be the only way out', async () => {
  const client = createHttpClient({ maxBytes: 1_000, timeoutMs: 5_000 }, undefined, readProxies({}));
  const signal = AbortSignal.timeout(5_000);
  const url = 'https://nobody.invalid/';
  const error: unknown = await client({ method: 'GET', url, headers: {}, signal }).catch((thrown) => thrown);
  expect(connectionTrouble(error, 'nobody.invalid')).toMatch(
    /No proxy is asked \(HTTPS_PROXY, NO_PROXY\)\.$/,
  );
});
