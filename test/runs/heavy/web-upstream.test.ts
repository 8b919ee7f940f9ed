import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, createBrowser } from '../../support/browser.ts';
import { inParallel } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import { type BuiltApp, startBuiltApp } from '../../threats/support/built-app.ts';
import { signedIn } from '../../threats/support/outcome.ts';

const MINUTE_MS = 60_000;
let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp({ LOG_LEVEL: 'warn' });
}, MINUTE_MS);
afterAll(() => app.close());

/** The home page's times while something goes on, in milliseconds, sorted. */
async function timesDuring(during: Promise<unknown>): Promise<number[]> {
  let over = false;
  const stop = () => {
    over = true;
  };
  during.then(stop, stop);
  const times: number[] = [];
  while (!over) {
    const startedAtMs = performance.now();
    const { status } = await createBrowser().visit(`${app.url}/`);
    if (status !== 200) throw new Error(`the home page answered ${status}`);
    times.push(performance.now() - startedAtMs);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return times.sort((one, other) => one - other);
}

const share = (times: readonly number[], part: number) => times[Math.floor(times.length * part)] ?? 0;
const people = (reader: Browser) => reader.visit(`${app.url}/graphcall`, { redirects: 0 });

test(
  'C22 J50 fifty floods leave the memory as it was',
  async () => {
    const reader = await signedIn(app);
    const flood = async (times: number) => {
      for (let index = 0; index < times; index += 1) {
        app.emulator.addFault({ at: 'users', fault: { kind: 'flood', gzip: index % 2 === 0 } });
        expect((await people(reader)).status).toBe(502);
      }
    };
    await flood(50); // a process that has just started grows in any case
    const before = app.memoryMiB();
    await flood(50);
    expect(app.memoryMiB() - before).toBeLessThan(20);
  },
  5 * MINUTE_MS,
);

test(
  'M63 five hundred visitors who send one byte a second are sent away, and nobody else waits',
  async () => {
    const { port } = new URL(app.url);
    let open = 0;
    const sockets = Array.from({ length: 500 }, () => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        open += 1;
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
      });
      const drip = setInterval(() => socket.write('a'), 1_000);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(drip);
        open -= 1;
      });
      socket.resume();
      return socket;
    });
    await until(() => open === sockets.length, 10_000);
    const times = await timesDuring(until(() => open === 0, 30_000));
    expect([open, share(times, 0.95) < 200]).toEqual([0, true]);
  },
  MINUTE_MS,
);

test(
  'J52 two hundred calls that Graph never answers: each ends in time, and the home page stays quick',
  async () => {
    const readers = await inParallel(Array.from({ length: 200 }), 10, () => signedIn(app));
    app.emulator.addFault({ at: 'users', times: 'always', fault: { kind: 'hang' } });
    const startedAtMs = performance.now();
    const all = Promise.all(readers.map(people));
    const times = await timesDuring(all);
    expect(new Set((await all).map(({ status }) => status))).toEqual(new Set([504]));
    expect(performance.now() - startedAtMs).toBeLessThan(12_000);
    expect(share(times, 0.95)).toBeLessThan(200);
  },
  3 * MINUTE_MS,
);
