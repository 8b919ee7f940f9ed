import { ConfigurationError, UpstreamError } from '../../../errors.ts';
import { hostsOf, REDIS_URL_RULE, type RedisHost, readRedisAddress } from '../../../redis-address.ts';
import { storeUnavailable, withinTime } from '../store-unavailable.ts';
import type { RedisClient } from './redis-client.ts';
import type { RedisTokens } from './redis-tokens.ts';
import { describeTrouble, explanationOf, isLost, isRefused } from './redis-trouble.ts';
import { type NodeTrouble, openLink, type RedisLink } from './redis-ways.ts';

/** Options of one connection, replaced as often as it takes. */
interface RedisConnectionOptions {
  /** As `REDIS_URL` says it. */
  url: string;
  /** In place of a user and a password. */
  tokens?: RedisTokens | undefined;
  /** Bounds connecting and every command. */
  timeoutMs: number;
  /** Told once when Redis stops answering, once when it answers again; never the URL or a password. */
  onWarning(message: string): void;
  /** After each connecting, before the connection is used. Rejects where it is not one to use. */
  onConnected(client: RedisClient, isCluster: boolean): Promise<void>;
}

export interface RedisConnection {
  /**
   * Sends commands over the connection that there is now.
   * @throws UpstreamError `store_unavailable` at once where there is none, or after the time limit
   */
  send<Result>(commands: (client: RedisClient, isCluster: boolean) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 500;
/** An idle connection whose other end vanished is noticed by this, and none is idle for long enough to be cut. */
const PING_EVERY_MS = 1_000;

/**
 * Keeps one connection to Redis (to a cluster, one to each node), without a queue for the time when there is none.
 *
 * node-redis can neither time out its handshake nor a command that is sent, and stays with a server that has become a
 * replica. So a connection that lets one command wait too long (Redis stalled, the network gone without a word), or
 * that turns out to lead to the wrong server, is given up and a new one made, until one answers. That of a cluster is
 * used until the next one is there: its other nodes may answer.
 * @returns after the first attempt, whatever its outcome
 * @throws ConfigurationError for a URL that is none
 */
export async function connectRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { tokens, timeoutMs, onWarning, onConnected } = options;
  const address = requireAddress(options.url);
  let current: RedisLink | undefined;
  let closed = false;
  let trouble: string | undefined;
  let named: RedisHost | undefined;
  const leaving = new Set<RedisClient>();
  let retryTimer: NodeJS.Timeout | undefined;

  function report(error: unknown, link?: RedisLink): void {
    const cause = causeOf(error, link);
    const found = describeTrouble(cause.error, cause.node);
    const advice = isRefused(cause.error) ? tokens?.refused() : undefined;
    if (found !== trouble) {
      const host = cause.node ?? named;
      const hosts = hostsOf(host === undefined ? address : { hosts: [host] });
      const why = advice === undefined ? explanationOf(cause.error, hosts) : ` ${advice}`;
      onWarning(`The session store in Redis does not answer: ${found}.${why}`);
    }
    trouble = found;
  }

  async function connect(retryMs: number): Promise<void> {
    const made = new Set<RedisClient>();
    const known = current?.hosts() ?? [];
    named = undefined;
    const onNamed = (server: RedisHost) => {
      named = server;
    };
    let link: RedisLink | undefined;
    try {
      await tokens?.ready();
      const way = { address, tokens: tokens?.provider, timeoutMs, made, known, onNamed, onLost: loseClient };
      link = await openLink(way);
      await withinTime(onConnected(link.client, link.isCluster), timeoutMs);
      take(link, made);
    } catch (error) {
      // what is left of a cluster serves some people
      if (link?.isCluster && !closed) replaceBy(link, made);
      giveUp(made, error, retryMs, link);
    }
  }

  function giveUp(
    made: ReadonlySet<RedisClient>,
    error: unknown,
    retryMs: number,
    link: RedisLink | undefined,
  ): void {
    if (!closed) report(error, link);
    for (const client of made) client.destroy();
    if (closed) return;
    connectLater(retryMs);
  }

  function connectLater(delayMs: number): void {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(async () => {
      await connect(Math.min(2 * delayMs, LONGEST_RETRY_MS));
    }, delayMs);
    retryTimer.unref();
  }

  function take(link: RedisLink, made: Set<RedisClient>): void {
    if (closed || !link.client.isReady) throw new Error('the connection ended');
    replaceBy(link, made);
    tokens?.accepted();
    if (trouble !== undefined) onWarning('The session store in Redis answers again.');
    trouble = undefined;
  }

  function replaceBy(link: RedisLink, made: Set<RedisClient>): void {
    const former = current?.client;
    current = link;
    made.delete(link.client);
    for (const client of made) client.destroy();
    made.clear();
    if (former !== undefined) leave(former);
  }

  /** What was begun with it goes on to its end. */
  function leave(client: RedisClient): void {
    leaving.add(client);
    setTimeout(async () => {
      if (leaving.delete(client)) await endInOrder(client, timeoutMs);
    }, timeoutMs).unref();
  }

  function lose(link: RedisLink, error: unknown): void {
    if (link !== current || closed) return;
    const isFirst = trouble === undefined;
    report(error, link);
    if (!link.isCluster) {
      current = undefined;
      link.client.destroy();
      connectLater(FIRST_RETRY_MS);
    } else if (isFirst) connectLater(FIRST_RETRY_MS);
  }

  function loseClient(client: RedisClient, error: unknown): void {
    if (current !== undefined && client === current.client) lose(current, error);
  }

  async function send<Result>(
    commands: (client: RedisClient, isCluster: boolean) => Promise<Result>,
  ): Promise<Result> {
    const link = current;
    if (link === undefined) throw storeUnavailable(`redis: ${trouble ?? 'not connected'}`);
    try {
      return await withinTime(commands(link.client, link.isCluster), timeoutMs);
    } catch (error) {
      const cause = causeOf(error, link);
      if (isLost(error)) lose(link, error);
      if (cause.error instanceof UpstreamError && cause.node === undefined) throw cause.error;
      throw storeUnavailable(`redis: ${describeTrouble(cause.error, cause.node)}`, cause.error);
    }
  }

  /** A node of a cluster that is not connected to is asked nothing; why it is not is known. */
  async function look(link: RedisLink): Promise<void> {
    await send((client) => client.ping());
    const found = link.nodeTrouble();
    if (found !== undefined) lose(link, found.error);
  }

  const pingTimer = setInterval(() => {
    if (current !== undefined) look(current).catch(() => {});
  }, PING_EVERY_MS);
  pingTimer.unref();
  await connect(FIRST_RETRY_MS);

  return {
    send,
    async close() {
      closed = true;
      clearInterval(pingTimer);
      clearTimeout(retryTimer);
      tokens?.close();
      if (current !== undefined) leaving.add(current.client);
      current = undefined;
      const clients = [...leaving];
      leaving.clear();
      await Promise.all(clients.map((client) => endInOrder(client, timeoutMs)));
    },
  };
}

/** Where a command waited in vain, the trouble of the node that it waited for; a node's own trouble is that node's. */
function causeOf(error: unknown, link: RedisLink | undefined): Partial<NodeTrouble> & { error: unknown } {
  const found = link?.nodeTrouble();
  const isOfNode = error instanceof UpstreamError || found?.error === error;
  return (isOfNode ? found : undefined) ?? { error };
}

/** What was asked is answered first. */
function endInOrder(client: RedisClient, timeoutMs: number): Promise<unknown> {
  return withinTime(client.close(), timeoutMs).catch(() => client.destroy());
}

function requireAddress(url: string) {
  const address = readRedisAddress(url);
  if (address === undefined) throw new ConfigurationError([`REDIS_URL ${REDIS_URL_RULE}`]);
  return address;
}
