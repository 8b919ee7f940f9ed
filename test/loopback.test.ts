import { createServer, get, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from '@jest/globals';
import { closeAtOnce, listenAt, listenOnLoopback } from '../src/loopback.ts';

const opened: Server[] = [];
const make = () => {
  const server = createServer((_request, response) => response.end('here'));
  opened.push(server);
  return server;
};
afterEach(() => closeAtOnce(opened.splice(0)));

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');
const ask = (host: string, port: number) =>
  new Promise<string>((resolve) => {
    get({ host, port, agent: false }, (answer) =>
      answer.on('data', (chunk: Buffer) => resolve(chunk.toString())),
    ).once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
  });

test('both loopback addresses are listened on at one port, and at once no more', async () => {
  const { port, servers } = await listenOnLoopback(make, 0);
  expect(servers).toHaveLength(hasIpv6 ? 2 : 1);
  expect([await ask('127.0.0.1', port), await ask('::1', port)]).toEqual([
    'here',
    hasIpv6 ? 'here' : expect.stringMatching(/^E/),
  ]);
  await closeAtOnce(servers);
  expect(await ask('127.0.0.1', port)).toBe('ECONNREFUSED');
});

test('a port that somebody has on either address is taken, and nothing stays open', async () => {
  for (const host of hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']) {
    const { port, servers } = await listenOnLoopback(make, 0);
    await closeAtOnce(servers);
    await listenAt(make(), host, port);
    await expect(listenOnLoopback(make, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const other = host === '::1' ? '127.0.0.1' : '::1';
    expect(await ask(other, port)).toMatch(/^E/);
  }
});
