import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import { ConfigurationError } from '../errors.ts';
import { messagesOf } from '../http/index.ts';

export interface Listening {
  /** Stops taking connections; resolves when the requests under way have their answers, or at the deadline. */
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

/**
 * Listens where `localhost` may lead on this machine (both loopback addresses), or on the one given host.
 * @throws ConfigurationError with one sentence for a port that is taken or a host that is not this machine's
 */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const hosts = host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
  const messages = messagesOf(app);
  const servers: Server[] = [];
  for (const address of hosts) {
    const server = createServer({ ...LIMITS, ...messages, keepAlive: true }, app);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const problem = await startListening(server, address, port);
    if (problem === undefined) servers.push(server);
    else if (address !== '::1' || problem === 'EADDRINUSE') {
      for (const opened of servers) opened.close();
      throw new ConfigurationError([sentenceFor(problem, host, port)]);
    }
  }
  return { close: (graceMs) => closeAll(servers, graceMs) };
}

/** @returns the code of what went wrong */
function startListening(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, host, () => resolve(undefined));
  });
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
  return `${variables.host} is not an address of this machine (${host}, ${code}).`;
}

/** A connection whose answer was under way when closing began is idle afterwards, and would be kept alive. */
async function closeAll(servers: readonly Server[], graceMs: number): Promise<void> {
  const closingIdle = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, CLOSE_IDLE_EVERY_MS);
  const deadline = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, graceMs);
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      return closed;
    }),
  );
  clearInterval(closingIdle);
  clearTimeout(deadline);
}
