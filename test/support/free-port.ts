import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems hand out by themselves (from 32768 on Linux), so that nobody is given one that was freed
 * for a moment; each worker of the test runner has its own thousands, and a cluster's second port, 10,000 above, is
 * nobody's.
 */
const LOWEST = 12_000;
const FOR_EACH_WORKER = 2_000;
const MOST_WORKERS = 5;

const worker = Number(process.env.JEST_WORKER_ID ?? 0) % MOST_WORKERS;
let drawn = randomInt(FOR_EACH_WORKER);

/** A port of 127.0.0.1 that nobody listens on, for programs that cannot choose one; never the same one again. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < FOR_EACH_WORKER; attempt += 1) {
    drawn = (drawn + 1) % FOR_EACH_WORKER;
    const port = LOWEST + worker * FOR_EACH_WORKER + drawn;
    if (await isFree(port)) return port;
  }
  throw new Error('there is no free port');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}
