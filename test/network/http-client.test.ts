import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createHttpClient } from '../../src/network/http-client.ts';

let server: Server;
let url: string;
let received: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ method: request.method, headers: request.headers, body });
    response.writeHead(request.url === '/busy' ? 503 : 200, {
      'Content-Type': 'application/json',
      'Content-Encoding': 'gzip',
      'Retry-After': '7',
    });
    response.end(gzipSync('{"is":"text"}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  received = [];
});

const client = createHttpClient({ maxBytes: 1_000, timeoutMs: 5_000 });
const signal = AbortSignal.timeout(60_000);

test("axios's adapter alone decodes a response and leaves it as it is", async () => {
  const response = await client({ method: 'GET', url, headers: {}, signal });
  expect(response.data).toEqual(Buffer.from('{"is":"text"}'));
  expect(response).toMatchObject({ status: 200, headers: { 'retry-after': '7' } });
});

test('and gives every status as a response', async () => {
  expect(await client({ method: 'GET', url: `${url}/busy`, headers: {}, signal })).toMatchObject({
    status: 503,
  });
});

test('and sends the headers and the body that it is given', async () => {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: 'Bearer a' };
  await client({ method: 'POST', url, headers, body: 'a=b&c=%20', signal });
  expect(received).toEqual([
    {
      method: 'POST',
      body: 'a=b&c=%20',
      headers: expect.objectContaining({
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'Bearer a',
        'content-length': '9',
      }),
    },
  ]);
});
