import type { RedisClientOptions } from 'redis';
import { AppError } from '../../../errors.ts';
import { storeUnavailable } from '../store-unavailable.ts';

/** What Redis takes in place of a user and a password, until it ends. */
export interface RedisToken {
  username: string;
  password: string;
  /** Unix time in milliseconds. */
  expiresAtMs: number;
}

type CredentialsProvider = NonNullable<RedisClientOptions['credentialsProvider']>;

/** How node-redis takes tokens: each connection has that of now, and every later one. */
export type TokenProvider = Extract<CredentialsProvider, { type: 'streaming-credentials-provider' }>;

/** The tokens of all connections to one Redis. */
export interface RedisTokens {
  provider: TokenProvider;
  /** Resolves when there is one. @throws UpstreamError `store_unavailable` where none is to be had */
  ready(): Promise<void>;
  /** Redis took it. */
  accepted(): void;
  /** Redis did not take it: it gets another one, though not at every attempt. @returns what to do about it */
  refused(): string;
  close(): void;
}

interface TokenOptions {
  /** `isNew`: not the one that was given before. */
  ask(wish: { isNew: boolean }): Promise<RedisToken>;
  /** Told in a sentence, without any token. */
  onWarning(message: string): void;
}

const SHORTEST_MS = 1_000;
/** After a failure, and before one that Redis refuses is replaced. */
const PAUSE_MS = 5_000;
const MINUTE_MS = 60_000;
/** A timer of Node's is over at once where it is longer than 24 days. */
const DAY_MS = 86_400_000;

/** Keeps one token, renews it before it ends, and has every open connection authenticated with the new one. */
export function createRedisTokens({ ask, onWarning }: TokenOptions): RedisTokens {
  const listeners = new Set<(token: RedisToken) => void>();
  let current: RedisToken | undefined;
  let asking: Promise<RedisToken> | undefined;
  let askedAtMs = 0;
  let failure: unknown;
  let trouble: string | undefined;
  let refusedPassword: string | undefined;
  let pauseMs = PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function obtain(): Promise<RedisToken> {
    if (asking !== undefined) return asking;
    if (isRefused()) pauseMs = Math.min(2 * pauseMs, MINUTE_MS);
    askedAtMs = performance.now();
    asking = ask({ isNew: current !== undefined })
      .then(take, fail)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  }

  function take(token: RedisToken): RedisToken {
    const isOther = token.password !== current?.password;
    current = token;
    failure = undefined;
    if (trouble !== undefined) onWarning('The token for Redis is renewed again.');
    trouble = undefined;
    renewAfter(renewalMs(leftOf(token)));
    if (isOther) for (const tell of listeners) tell(token);
    return token;
  }

  function fail(error: unknown): never {
    const found = wordsOf(error);
    failure = storeUnavailable(`no token for Redis (${found})`, error, explanationOf(error));
    if (current !== undefined) {
      const end = new Date(current.expiresAtMs).toISOString();
      if (found !== trouble)
        onWarning(
          `The token for Redis could not be renewed (${found}). Sessions go on until it ends at ${end}. ${explanationOf(error)}`,
        );
      trouble = found;
      renewAfter(retryMs(leftOf(current)));
    }
    throw failure;
  }

  function renewAfter(delayMs: number): void {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(() => void obtain().catch(() => {}), delayMs);
    timer.unref();
  }

  const isRefused = () => current !== undefined && current.password === refusedPassword;

  /** One that Redis refuses is tried again for a while: it may only now be told of the identity. */
  async function now(): Promise<RedisToken> {
    const mayAsk = performance.now() - askedAtMs >= pauseMs;
    if (current !== undefined && leftOf(current) > 0 && !(isRefused() && mayAsk)) return current;
    if (failure !== undefined && !mayAsk) throw failure;
    return obtain();
  }

  function refused(): string {
    refusedPassword = current?.password;
    return `Has that Redis a user with the object id ${current?.username} of this app's identity (REDIS_AUTH=entra)? On Azure: Authentication, Microsoft Entra Authentication.`;
  }

  return {
    provider: {
      type: 'streaming-credentials-provider',
      async subscribe({ onNext }) {
        const token = await now();
        listeners.add(onNext);
        return [token, { dispose: () => void listeners.delete(onNext) }];
      },
      onReAuthenticationError({ message }) {
        if (!REFUSED.test(message) || isRefused()) return;
        onWarning(`Redis refuses the renewed token: ${message.replace(/\.$/, '')}. ${refused()}`);
        renewAfter(pauseMs);
      },
    },
    ready: async () => void (await now()),
    accepted() {
      pauseMs = PAUSE_MS;
    },
    refused,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** What Redis replies to a token that it does not take, or does not take any more. */
export const REFUSED = /^(WRONGPASS|NOAUTH)\b/;

const leftOf = ({ expiresAtMs }: RedisToken) => expiresAtMs - Date.now();

/** With a quarter of its life left, so that there is time to try again; where this machine's clock is wrong, now and then. */
function renewalMs(leftMs: number): number {
  return leftMs <= 0 ? MINUTE_MS : Math.min(Math.max(SHORTEST_MS, leftMs * 0.75), DAY_MS);
}

function retryMs(leftMs: number): number {
  return leftMs <= 0 ? PAUSE_MS : Math.min(Math.max(SHORTEST_MS, leftMs / 4), MINUTE_MS);
}

/** Codes of ours and Microsoft's: none of them holds a token. */
function wordsOf(error: unknown): string {
  if (!(error instanceof AppError)) return 'unknown trouble';
  const { code, detail, upstream } = error;
  return [upstream.code ?? code, detail].filter((part) => part !== undefined).join(', ');
}

const WHAT_TO_DO =
  'With REDIS_AUTH=entra the app signs in to Redis with a token of its identity: check its credential.';

function explanationOf(error: unknown): string {
  return (error instanceof AppError ? error.explanation : undefined) ?? WHAT_TO_DO;
}
