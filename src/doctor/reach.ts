import type { LookupFunction } from 'node:net';
import { connectionTrouble, isAtProxy, silenceOf } from '../connection-trouble.ts';
import { startDeadline } from '../deadline.ts';
import { systemCodeOf } from '../errors.ts';
import { createHttpClient, type HttpResponse } from '../network/index.ts';

/** A response, and when it came by the clock of this machine. */
export interface Reached {
  response: HttpResponse;
  atMs: number;
}

/** No response came. The message is fit for the people who run the app. */
export class Unreached extends Error {
  /** How far it came. */
  readonly at: 'proxy' | 'connection' | 'tls';

  constructor(at: Unreached['at'], message: string) {
    super(message);
    this.name = 'Unreached';
    this.at = at;
  }
}

const MAX_BYTES = 1_048_576;
/** Codes of OpenSSL and of Node's TLS. */
const TLS =
  /^(UNABLE_|SELF_SIGNED|DEPTH_ZERO|CERT_|CRL_|ERR_TLS|ERR_SSL|EPROTO$|HOSTNAME_|INVALID_|ERROR_IN_|PATH_)/;

/** Asks for an address once, without anything secret; follows nothing. @throws Unreached */
export async function reach(
  url: string,
  { timeoutMs, lookup, now }: { timeoutMs: number; lookup?: LookupFunction; now(): number },
): Promise<Reached> {
  const client = createHttpClient({ maxBytes: MAX_BYTES, timeoutMs }, lookup);
  const { signal, clear } = startDeadline(timeoutMs);
  try {
    const response = await client({ method: 'GET', url, headers: { Accept: '*/*' }, signal });
    return { response, atMs: now() };
  } catch (error) {
    throw unreached(error, new URL(url).host, signal.aborted);
  } finally {
    clear();
  }
}

function unreached(error: unknown, host: string, isLate: boolean): Unreached {
  if (isLate) return new Unreached('connection', silenceOf(host, error));
  const isTls = TLS.test(systemCodeOf(error));
  return new Unreached(
    isAtProxy(error) ? 'proxy' : isTls ? 'tls' : 'connection',
    connectionTrouble(error, host),
  );
}
