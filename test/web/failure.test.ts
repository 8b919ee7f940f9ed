import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import express from 'express';
import { failureHandler } from '../../src/web/failure/failure-handler.ts';
import { createBrowser } from '../support/browser.ts';

test('an answer that fails half way breaks off; what failed is for the log and not for standard error', async () => {
  const reports: unknown[] = [];
  const app = express();
  app.set('env', 'production'); // Express prints errors that are handed on to it
  app.get('/', (_request, response) => {
    response.once('close', () => reports.push(response.locals.failure));
    response.write('the first half');
    throw new Error('of which nobody may read');
  });
  app.use(failureHandler);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(createBrowser().visit(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(reports).toEqual([expect.objectContaining({ reason: 'internal', stack: expect.any(String) })]);
  server.close();
});
