import { existsSync, lstatSync, unlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import type { Express } from 'express';
import { ConfigurationError, systemCodeOf } from '../errors.ts';
import { type Gate, messagesOf } from '../http/index.ts';
import { BACKLOG, listenAt, listenOnLoopback } from '../loopback.ts';

export interface Listening {
  /**
   * Stops taking connections; resolves when the requests under way have their responses, or at the deadline. Where there
   * are connections, requests may be on their way over them: for a moment before, these are answered like any others.
   */
  close(graceMs: number): Promise<void>;
}

/** Limits for slow clients, in milliseconds. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
} as const;
/** Longer than the usual minute of a proxy in front, so that it is the proxy that ends idle connections. */
const KEEP_ALIVE_MS = 65_000;
const CLOSE_IDLE_EVERY_MS = 50;
/** Who has a connection sends another request within this time, and is told to send no more over it. */
const FAREWELL_MS = 500;

/**
 * Listens where `localhost` may lead on this machine (both loopback addresses), on the one given host, or at a socket.
 * @throws ConfigurationError with one sentence for a port that is taken or a host that is not this machine's
 */
export async function listen(
  { app, gate }: { app: Express; gate: Gate },
  host: string,
  port: number | string,
): Promise<Listening> {
  const messages = messagesOf(app);
  const makeServer = () => {
    const server = createServer({ ...LIMITS, ...messages }, gate.listener);
    server.on('connection', gate.onConnection);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    return server;
  };
  try {
    const servers = await serversAt(makeServer, host, port);
    return { close: (graceMs) => closeAll(servers, graceMs) };
  } catch (error) {
    const code = systemCodeOf(error);
    throw new ConfigurationError([
      typeof port === 'string' ? socketSentence(code, port) : sentenceFor(code, host, port),
    ]);
  }
}

async function serversAt(
  makeServer: () => Server,
  host: string,
  port: number | string,
): Promise<readonly Server[]> {
  if (typeof port === 'string') return [await listenAtSocket(makeServer, port)];
  if (host === 'localhost') return (await listenOnLoopback(makeServer, port)).servers;
  return [await listenAt(makeServer(), host, port)];
}

/** Of a process that was killed the socket is left: where nobody answers, it goes. Any other file stays. */
async function listenAtSocket(makeServer: () => Server, path: string): Promise<Server> {
  try {
    return await openSocket(makeServer(), path);
  } catch (error) {
    if (systemCodeOf(error) !== 'EADDRINUSE' || !(await isLeftBehind(path))) throw error;
    unlinkSync(path);
    return openSocket(makeServer(), path);
  }
}

/** Like a port of this machine, it is open to everybody who reaches it: its folder says who does. */
function openSocket(server: Server, path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, readableAll: true, writableAll: true, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function isLeftBehind(path: string): Promise<boolean> {
  if (!isSocket(path)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error) => resolve(systemCodeOf(error) === 'ECONNREFUSED'));
  });
}

function isSocket(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true;
}

function socketSentence(code: string, path: string): string {
  const folder = dirname(path);
  if (!existsSync(folder))
    return `PORT ${path} is a socket in a folder that is not there: make ${folder}, as the user of this app.`;
  if (code === 'EADDRINUSE' && !isSocket(path))
    return `PORT ${path} is a file that is no socket: set PORT to another path.`;
  return code === 'EADDRINUSE'
    ? `PORT ${path} is in use: is the app running already? Stop it, or set PORT to another socket.`
    : `PORT ${path} is a socket that cannot be made there (${code || 'unknown'}): check the rights in its folder.`;
}

/** What to tell somebody whose port or host does not work. */
export function sentenceFor(
  code: string,
  host: string,
  port: number,
  variables = { host: 'HOST', port: 'PORT' },
): string {
  if (code === 'EADDRINUSE') {
    return `${variables.port} ${port} is in use: is the app running already? Stop it, or set ${variables.port} to another port.`;
  }
  if (code === 'EACCES')
    return `${variables.port} ${port} needs more rights: set ${variables.port} to 1024 or more.`;
  return `${variables.host} is not an address of this machine (${host}, ${code || 'unknown'}).`;
}

async function closeAll(servers: readonly Server[], graceMs: number): Promise<void> {
  if (await hasConnections(servers)) await passed(FAREWELL_MS);
  // A connection whose response was under way when closing began is idle afterwards, and would be kept alive.
  const closingIdle = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, CLOSE_IDLE_EVERY_MS);
  const deadline = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, graceMs);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  clearInterval(closingIdle);
  clearTimeout(deadline);
}

async function hasConnections(servers: readonly Server[]): Promise<boolean> {
  const counts = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count ?? 0))),
    ),
  );
  return counts.some((count) => count > 0);
}
