import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import { messagesOf } from '../../src/http/messages.ts';

let app: Express;
let server: Server;
let url: string;
/** Prototypes of each request and response, before Express sees them and after. */
let prototypes: unknown[][];

beforeEach(async () => {
  prototypes = [];
  app = express();
  app.get('/', (request, response) => {
    prototypes.push([Object.getPrototypeOf(request), Object.getPrototypeOf(response)]);
    response.json({ accepts: request.accepts('html'), app: request.app === app && response.app === app });
  });
  server = createServer(messagesOf(app));
  server.on('request', (request, response) => {
    prototypes.push([Object.getPrototypeOf(request), Object.getPrototypeOf(response)]);
    app(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

test('messages are what Express would make of them, so that it changes none', async () => {
  const answer = await fetch(url, { headers: { Accept: 'text/html' } });
  expect(await answer.json()).toEqual({ accepts: 'html', app: true });
  const [before, after] = prototypes;
  expect(before?.[0]).toBe(after?.[0]);
  expect(before?.[1]).toBe(after?.[1]);
});

test('an app takes plain messages still', async () => {
  const answered = new Promise<number>((resolve) => {
    const plain = createServer((request: IncomingMessage, response: ServerResponse) => {
      response.on('finish', () => resolve(response.statusCode));
      expect(Object.getPrototypeOf(response)).toBe(ServerResponse.prototype);
      app(request, response);
    });
    plain.listen(0, '127.0.0.1', async () => {
      await fetch(`http://127.0.0.1:${(plain.address() as AddressInfo).port}/`);
      plain.close();
    });
  });
  expect(await answered).toBe(200);
});
