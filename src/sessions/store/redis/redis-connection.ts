import { createClient } from 'redis';
import { connectionTrouble, silenceOf } from '../../../connection-trouble.ts';
import { ConfigurationError, systemCodeOf, UpstreamError } from '../../../errors.ts';
import { storeUnavailable, withinTime } from '../store-unavailable.ts';
import { scripts } from './redis-scripts.ts';

/** Options of one connection, replaced as often as it takes. */
interface RedisConnectionOptions {
  /** `redis://` or `rediss://` (TLS), with user name and password where needed. */
  url: string;
  /** Bounds connecting and every command. */
  timeoutMs: number;
  /** Told once when Redis stops answering, once when it answers again; never the URL or a password. */
  onWarning(message: string): void;
  /** After each connecting, before the connection is used. */
  onConnected(client: RedisClient): Promise<void>;
}

export interface RedisConnection {
  /**
   * Sends commands over the connection that there is now.
   * @throws UpstreamError `store_unavailable` at once where there is none, or after the time limit
   */
  send<Result>(commands: (client: RedisClient) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export type RedisClient = ReturnType<typeof makeClient>;

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 500;
/** An idle connection whose other end vanished is noticed by this, rather than by somebody's request. */
const PING_EVERY_MS = 1_000;

/**
 * Keeps one connection to Redis, without a queue for the time when there is none.
 *
 * node-redis can neither time out its handshake nor a command that is sent, so a connection that lets one command wait
 * too long (Redis stalled, the network gone without a word) is given up and a new one made, until one answers.
 * @returns after the first attempt, whatever its outcome
 * @throws ConfigurationError for a URL that is none
 */
export async function connectRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { url, timeoutMs, onWarning, onConnected } = options;
  requireRedisUrl(url);
  let current: RedisClient | undefined;
  let closed = false;
  let trouble: string | undefined;
  let retryTimer: NodeJS.Timeout | undefined;

  function report(error: unknown): void {
    const found = describeTrouble(error);
    if (found !== trouble) {
      onWarning(`The session store in Redis does not answer: ${found}.${explanationOf(error, url)}`);
    }
    trouble = found;
  }

  async function connect(retryMs: number): Promise<void> {
    const client = makeClient(url, timeoutMs);
    client.on('error', (error) => lose(client, error));
    client.on('end', () => lose(client, new Error('the connection ended')));
    try {
      await withinTime(client.connect(), timeoutMs);
      await withinTime(onConnected(client), timeoutMs);
      if (closed) client.destroy();
      else take(client);
    } catch (error) {
      client.destroy();
      if (closed) return;
      report(error);
      connectLater(retryMs);
    }
  }

  function connectLater(delayMs: number): void {
    retryTimer = setTimeout(connect, delayMs, Math.min(2 * delayMs, LONGEST_RETRY_MS));
    retryTimer.unref();
  }

  function take(client: RedisClient): void {
    if (!client.isReady) throw new Error('the connection ended');
    current = client;
    if (trouble !== undefined) onWarning('The session store in Redis answers again.');
    trouble = undefined;
  }

  function lose(client: RedisClient, error: unknown): void {
    if (client !== current) return;
    current = undefined;
    client.destroy();
    if (closed) return;
    report(error);
    connectLater(FIRST_RETRY_MS);
  }

  async function send<Result>(commands: (client: RedisClient) => Promise<Result>): Promise<Result> {
    const client = current;
    if (client === undefined) throw storeUnavailable(`redis: ${trouble ?? 'not connected'}`);
    try {
      return await withinTime(commands(client), timeoutMs);
    } catch (error) {
      if (!(error instanceof UpstreamError))
        throw storeUnavailable(`redis: ${describeTrouble(error)}`, error);
      lose(client, error);
      throw error;
    }
  }

  const pingTimer = setInterval(() => {
    if (current !== undefined) send((client) => client.ping()).catch(() => {});
  }, PING_EVERY_MS);
  pingTimer.unref();
  await connect(FIRST_RETRY_MS);

  return {
    send,
    async close() {
      closed = true;
      clearInterval(pingTimer);
      clearTimeout(retryTimer);
      const client = current;
      current = undefined;
      await (client && withinTime(client.close(), timeoutMs).catch(() => client.destroy()));
    },
  };
}

function makeClient(url: string, timeoutMs: number) {
  return createClient({
    url,
    scripts,
    disableOfflineQueue: true,
    // neither is needed, and a user with few rights may not send them
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: timeoutMs,
      reconnectStrategy: false,
      // Node's own 250 ms for each address of a host are too short for a slow line
      autoSelectFamilyAttemptTimeout: timeoutMs / 2,
    },
  });
}

function requireRedisUrl(url: string): void {
  const isRedis = URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol);
  if (!isRedis) throw new ConfigurationError(['REDIS_URL: must be a redis:// or rediss:// URL']);
}

/** What to do about it, where it is the connection's trouble and not Redis's own. */
function explanationOf(error: unknown, url: string): string {
  const { host } = new URL(url);
  if (error instanceof UpstreamError) return ` ${silenceOf(host)}`;
  return systemCodeOf(error) === '' ? '' : ` ${connectionTrouble(error, host)}`;
}

/** A system code or the words of Redis or node-redis: none of them holds the URL or a password. */
function describeTrouble(error: unknown): string {
  if (error instanceof UpstreamError) return error.detail ?? error.message;
  if (typeof error !== 'object' || error === null) return 'unknown trouble';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'message' in error && typeof error.message === 'string' ? error.message : 'unknown trouble';
}
