import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import { signInRateLimit } from '../../src/http/index.ts';
import { createBrowser } from '../support/browser.ts';
import { openWorld, type World } from '../support/world.ts';

const LIMIT = 4;

let behindOne: World;
let behindNamed: World;
beforeAll(async () => {
  const config = { rateLimitPerMinute: LIMIT };
  behindOne = await openWorld({ config: { ...config, trustProxy: 1 } });
  behindNamed = await openWorld({
    config: { ...config, trustProxy: ['loopback', '10.9.0.0/16', '2001:db8:9::/48'] },
  });
});
afterAll(() => Promise.all([behindOne.close(), behindNamed.close()]));

/** How many of these sign-ins are refused, begun one after the other. */
async function refused(world: World, forwardedFor: readonly string[]): Promise<number> {
  let count = 0;
  for (const address of forwardedFor) {
    const headers = { 'X-Forwarded-For': address };
    const { status } = await createBrowser().visit(`${world.url}/login`, { headers, redirects: 0 });
    if (status === 429) count += 1;
  }
  return count;
}

const ports = (count: number, address: (port: number) => string) =>
  Array.from({ length: count }, (_item, index) => address(50_001 + index));

describe('the limit of sign-ins behind a proxy', () => {
  test.each([
    ['an IPv4 address with a new port each time', ports(6, (port) => `203.0.113.9:${port}`)],
    ['an IPv6 address with a new port each time', ports(6, (port) => `[2001:db8:1::1]:${port}`)],
    ['in quotation marks', ports(6, (port) => `"[2001:db8:2::1]:${port}"`)],
    ['one that the visitor forged', ports(6, (port) => `198.51.100.${port % 250}, 203.0.113.10:${port}`)],
    [
      'IPv4 in several forms',
      [
        '203.0.113.11',
        '203.0.113.11:1',
        '::ffff:203.0.113.11',
        '[::ffff:cb00:710b]:443',
        '0:0:0:0:0:FFFF:203.0.113.11',
        ' 203.0.113.11 ',
      ],
    ],
    [
      'IPv6 in several forms',
      [
        '2001:db8:3::1',
        '[2001:DB8:3::1]',
        '[2001:0db8:0003:0:0:0:0:1]:9',
        '2001:db8:3:0:0:0:0:1:50001',
        '[2001:db8:3::1%eth0]:443',
        '2001:db8:3::1%25',
      ],
    ],
    ['one network of IPv6', ports(6, (port) => `2001:db8:4:12a${port % 10}::${port % 1_000}`)],
    [
      'a network whose last byte differs',
      [
        '2001:db8:5:ff00::1',
        '2001:db8:5:ff01::1',
        '2001:db8:5:ffff::1',
        '2001:db8:5:ff7f::1',
        '2001:db8:5:ffaa::1',
        '2001:db8:5:ff10::1',
      ],
    ],
    ['link-local with a zone', ports(6, (port) => `fe80::1%eth${port}`)],
  ])('counts %s as one visitor', async (_name, addresses) => {
    expect(await refused(behindOne, addresses)).toBe(addresses.length - LIMIT);
  });

  test('counts what is no address as the connection, all of it together', async () => {
    const junk = [
      'unknown',
      '_hidden',
      '203.0.113.999',
      '[2001:db8::1',
      '010.0.0.1',
      'evil.example:443',
      '1.2.3.4:123456',
      ':1',
      '__proto__',
      'x'.repeat(5_000),
    ];
    expect(await refused(behindOne, junk)).toBe(junk.length - LIMIT);
  });

  test('counts different addresses apart', async () => {
    const apart = [
      '192.0.2.1',
      '192.0.2.2:1',
      '2001:db8:aa:100::1',
      '2001:db8:aa:200::1',
      '[2001:db8:ab::1]:1',
    ];
    expect(await refused(behindOne, [...apart, ...apart, ...apart])).toBe(0);
  });

  test('knows a proxy by its address, with its port too', async () => {
    const chain = (client: string, port: number) => `${client}, 10.9.0.1:${port}, [2001:db8:9::7]:${port}`;
    const apart = ports(6, (port) => chain(`192.0.2.${port % 100}`, port));
    const one = ports(6, (port) => chain(`203.0.113.20:${port}`, port));
    expect([await refused(behindNamed, apart), await refused(behindNamed, one)]).toEqual([0, 6 - LIMIT]);
  });
});

describe('the limit of sign-ins over a Unix socket', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-address-'));
  const socketPath = join(folder, 'app');
  const app = express();
  app.use(signInRateLimit(LIMIT, 1), (_request, response) => {
    response.end();
  });
  const failed: ErrorRequestHandler = (error: { status: number }, _request, response, _next) => {
    response.status(error.status).end();
  };
  app.use(failed);
  const server = createServer(app);
  beforeAll(() => new Promise<void>((resolve) => server.listen(socketPath, resolve)));
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const statusOf = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest({ socketPath, headers, agent: false }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      });
      sent.once('error', reject).end();
    });

  test('counts peers without an address together, and those that the proxy names apart', async () => {
    const statuses: (number | undefined)[] = [];
    for (const headers of [
      {},
      {},
      {},
      { 'X-Forwarded-For': 'unknown' },
      {},
      { 'X-Forwarded-For': '192.0.2.1:7' },
    ])
      statuses.push(await statusOf(headers as Record<string, string>));
    expect(statuses).toEqual([200, 200, 200, 200, 429, 200]);
  });
});
