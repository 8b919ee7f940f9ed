import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createGate, ranksOf } from '../../../src/http/gate.ts';
import { createBrowser, type Page } from '../../support/browser.ts';
import { BUSY_MS, until } from '../../support/until.ts';

let server: Server | undefined;
let url: string;
/** Paths in the order in which they were begun. */
let begun: string[];
/** Requests that came to the gate. */
let arrived: number;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** An app behind a gate. @param answer what it does when it has begun */
async function open(answer: RequestListener): Promise<void> {
  begun = [];
  arrived = 0;
  const rankOf = ranksOf('/getAToken', '/people');
  const gate = createGate({
    app(request, response) {
      begun.push(request.url ?? '');
      answer(request, response);
    },
    refuse: (_request, response) => response.writeHead(503, { 'Retry-After': 2 }).end(),
    rankOf(request) {
      arrived += 1;
      return rankOf(request);
    },
  });
  server = createServer(gate.listener);
  server.on('connection', gate.onConnection);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Takes the processor for so long. */
function work(forMs: number): void {
  const endMs = performance.now() + forMs;
  while (performance.now() < endMs);
}

const visit = (path: string): Promise<Page> => createBrowser().visit(`${url}${path}`);
const visits = (path: string, count: number) =>
  Array.from({ length: count }, (_, n) => visit(`${path}?${n}`));
const statusesOf = async (pages: readonly Promise<Page>[]) =>
  (await Promise.all(pages)).map(({ status }) => status);

test('more than can be answered is turned away, and who is let in is answered soon', async () => {
  await open((_request, response) => {
    work(4);
    response.end();
  });
  const pages: Promise<Page>[] = [];
  const took: number[] = [];
  const timed = async (page: Promise<Page>) => {
    const sinceMs = performance.now();
    if ((await page).status === 200) took.push(performance.now() - sinceMs);
    return page;
  };
  for (let n = 0; n < 40; n += 1) {
    pages.push(...visits('/page', 10).map(timed));
    await pause(15);
  }
  const statuses = await statusesOf(pages);
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  expect(statuses.slice(0, 50)).not.toContain(503);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(30);
  expect(begun).toHaveLength(statuses.filter((status) => status === 200).length);
  expect(Math.max(...took)).toBeLessThan(2_000 + BUSY_MS);
});

test('who is turned away keeps the connection, until too many are kept that nobody uses', async () => {
  await open((request, response) => {
    if (request.url !== '/idle') work(4);
    response.end();
  });
  const agents: Agent[] = [];
  const agentOf = () => {
    agents.push(new Agent({ keepAlive: true, maxFreeSockets: 1_000 }));
    return agents.at(-1);
  };
  const connectionsOfRefused = async () => {
    const asked: Promise<IncomingMessage>[] = [];
    const agent = agentOf();
    for (let n = 0; n < 40; n += 1) {
      asked.push(...Array.from({ length: 10 }, () => askOver(agent, '/page')));
      await pause(15);
    }
    const refused = (await Promise.all(asked)).filter(({ statusCode }) => statusCode === 503);
    return new Set(refused.map(({ headers }) => headers.connection));
  };
  expect(await connectionsOfRefused()).toEqual(new Set(['keep-alive']));
  const idle = agentOf();
  await Promise.all(Array.from({ length: 900 }, () => askOver(idle, '/idle')));
  expect(await connectionsOfRefused()).toContain('close');
  for (const agent of agents) agent.destroy();
});

function askOver(agent: Agent | undefined, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}${path}`, { agent }, (response) => {
      response.on('end', () => resolve(response)).resume();
    });
    asking.on('error', reject).end();
  });
}

test('health checks do not wait in line, nor does a connection of their own', async () => {
  await open((request, response) => {
    if (request.url !== '/healthz') work(10);
    response.end();
  });
  const pages = visits('/page', 150);
  await until(() => begun.length > 0);
  expect((await visit('/healthz')).status).toBe(200);
  const before = begun.indexOf('/healthz');
  await Promise.allSettled(pages);
  expect(before).toBeLessThan(75);
});

test('who comes back from the identity platform is let in first, below a path too, and shuts nobody out', async () => {
  const held: (() => void)[] = [];
  await open((_request, response) => void held.push(() => response.end()));
  const early = visits('/early', 100);
  await until(() => held.length === 100);
  const late = [...visits('/late', 8)];
  await pause(5);
  const first = [...visits('/getAToken', 4), ...visits('/people/getAToken', 4)];
  const answering = setInterval(() => {
    for (const answer of held.splice(0, 1)) answer();
  }, 2);
  await Promise.all([...early, ...late, ...first]);
  clearInterval(answering);
  const order = begun.slice(100).map((path) => (path.includes('getAToken') ? 'first' : 'late'));
  expect(order.slice(0, 4).filter((one) => one === 'first').length).toBeGreaterThanOrEqual(1);
  expect(order.lastIndexOf('first')).toBeLessThan(order.lastIndexOf('late'));
  expect(order.indexOf('late')).toBeLessThan(order.lastIndexOf('first'));
});

test('requests that wait for somebody else keep nobody out: all are begun', async () => {
  await open(async (_request, response) => {
    await pause(900);
    response.end();
  });
  const early = visits('/slow', 300);
  await until(() => arrived === 300);
  await pause(700);
  expect(new Set(await statusesOf([...early, ...visits('/later', 50)]))).toEqual(new Set([200]));
});

test('of somebody who has gone nothing is begun', async () => {
  const held: (() => void)[] = [];
  await open((_request, response) => void held.push(() => response.end()));
  const leave = async () => {
    const early = visits('/early', 100);
    await until(() => held.length === 100);
    const gone = request(`${url}/gone`).on('error', () => undefined);
    const asked = once(server ?? gone, 'connection');
    gone.end();
    const [socket] = await asked;
    await once(socket, 'data');
    gone.destroy();
    await once(socket, 'close');
    const isInTime = !begun.includes('/gone');
    for (const answer of held.splice(0)) answer();
    await Promise.all(early);
    return isInTime;
  };
  // on a busy machine the others may take so long that they keep nobody waiting any more
  while (!(await leave())) begun = [];
  const next = visit('/next');
  await until(() => held.length === 1);
  held[0]?.();
  expect([(await next).status, begun.includes('/gone')]).toEqual([200, false]);
});
