import dns, { type LookupAddress } from 'node:dns';
import { connect, isIP, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCodeOf } from '../errors.ts';

/** RFC 8305, section 8: so long after one address the next is tried beside it. */
const NEXT_AFTER_MS = 250;

/** Errors that say that no way leads there, rather than what stands at its end. */
const NO_WAY = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EINVAL',
  'ETIMEDOUT',
]);

/**
 * Connects to whichever address of a host accepts first ("happy eyeballs", RFC 8305). No address is given up because
 * another is tried. Node's own way gives each up after 250 ms, so that over a slow line it never connects to a host of
 * which one address leads nowhere.
 * @param timeoutMs after which all attempts are given up
 * @throws the system's error, of the address that says most
 */
export async function connectToFirst(options: TcpNetConnectOpts, timeoutMs: number): Promise<Socket> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(timeoutError()), timeoutMs);
  try {
    const addresses = alternating(await lookUp(options));
    const attempts = inTurn(addresses, over.signal, (address) => connectOnce(address, options, over.signal));
    return await Promise.any(attempts);
  } catch (error) {
    throw error instanceof AggregateError ? mostTelling(error.errors) : error;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

function lookUp({ host = 'localhost', family, hints, lookup }: TcpNetConnectOpts): Promise<LookupAddress[]> {
  if (isIP(host) !== 0) return Promise.resolve([{ address: host, family: isIP(host) }]);
  const find: LookupFunction = lookup ?? dns.lookup;
  return new Promise((resolve, reject) => {
    find(host, { all: true, family, hints }, (error, found) => {
      if (error !== null) reject(error);
      else resolve(Array.isArray(found) ? found : [{ address: found, family: isIP(found) }]);
    });
  });
}

/** RFC 8305, section 4: the kinds of address take turns, that of the first address first. */
function alternating(addresses: readonly LookupAddress[]): LookupAddress[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const second = addresses.filter(({ family }) => family !== addresses[0]?.family);
  const turns = Array.from({ length: Math.max(first.length, second.length) }, (_item, turn) => turn);
  return turns.flatMap((turn) => [first[turn], second[turn]]).filter((address) => address !== undefined);
}

/** Begins with each when the one before has failed, or a while after that one began. */
function inTurn<Item, Result>(
  items: readonly Item[],
  over: AbortSignal,
  begin: (item: Item) => Promise<Result>,
): Promise<Result>[] {
  let mayBegin: Promise<unknown> = Promise.resolve();
  return items.map((item) => {
    const attempt = mayBegin.then(() => begin(item));
    mayBegin = Promise.race([failureOf(attempt), mayBegin.then(() => aWhile(over))]);
    return attempt;
  });
}

function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve) => attempt.catch(resolve));
}

async function aWhile(over: AbortSignal): Promise<void> {
  await wait(NEXT_AFTER_MS, undefined, { signal: over }).catch(() => undefined);
}

function connectOnce(
  { address: host, family }: LookupAddress,
  options: TcpNetConnectOpts,
  over: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (over.aborted) {
      reject(over.reason);
      return;
    }
    const socket = connect({ ...options, host, family });
    const giveUp = () => {
      socket.destroy();
      reject(over.reason);
    };
    over.addEventListener('abort', giveUp, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      over.removeEventListener('abort', giveUp);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function mostTelling(errors: readonly unknown[]): unknown {
  return errors.find((error) => !NO_WAY.has(systemCodeOf(error))) ?? errors[0];
}

function timeoutError(): Error {
  return Object.assign(new Error('No address accepted in time.'), { code: 'ETIMEDOUT' });
}
