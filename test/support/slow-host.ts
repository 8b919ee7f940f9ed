import { spawn } from 'node:child_process';
import dns, { type LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** An address that documents may name and no way leads to (RFC 3849). */
export const NOWHERE: LookupAddress = { address: '2001:db8::1', family: 6 };

/** More than a queue of the smallest length takes. */
const MOST_FILLERS = 16;
const ACCEPTED_WITHIN_MS = 150;

/** Connects to a process that stands still until its queue is full: the system then drops every further attempt. */
export async function fillQueue(host: string, port: number): Promise<() => void> {
  const fillers: Socket[] = [];
  for (let count = 0; count < MOST_FILLERS; count += 1) {
    const filler = connect({ host, port }).on('error', () => undefined);
    fillers.push(filler);
    const isIn = await Promise.race([
      once(filler, 'connect').then(() => true),
      pause(ACCEPTED_WITHIN_MS, false),
    ]);
    if (!isIn) return () => fillers.map((each) => each.destroy());
  }
  throw new Error('the queue has no end');
}

/** A host to which connecting takes a second and more, or for ever. */
export interface SlowHost {
  address: LookupAddress;
  port: number;
  /** From here on the system accepts, at an attempt’s next repetition: a second after its beginning. */
  thaw(): void;
  close(): void;
}

/** A server that answers every HTTP request with `{}`, in a process that stands still. */
export async function openSlowHost(host = '127.0.0.1', port = 0): Promise<SlowHost> {
  const program = `
    const server = require('node:http').createServer((_request, response) => response.end('{}'));
    server.listen({ host: '${host}', port: ${port}, backlog: 1 }, () => console.log(server.address().port));
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGSTOP');
  const taken = Number(line.toString());
  const empty = await fillQueue(host, taken);
  return {
    address: { address: host, family: 4 },
    port: taken,
    thaw: () => child.kill('SIGCONT'),
    close() {
      empty();
      child.kill('SIGKILL');
    },
  };
}

/** Finds these addresses, whatever the name. */
export function finding(...addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, _options, found) => found(null, [...addresses]);
}

/** The same for everything in this process that has no look-up of its own; to be undone. */
export function findEverywhere(...addresses: readonly LookupAddress[]): () => void {
  const { lookup } = dns;
  Object.assign(dns, { lookup: finding(...addresses) });
  return () => void Object.assign(dns, { lookup });
}
