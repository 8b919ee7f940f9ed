import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** A real redis-server of one test file, on a port of its own, that can be treated badly. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Starts it (again) on the same port, empty, and waits until it answers. */
  start(): Promise<void>;
  /** kill -9, and waits for the end. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay, nothing is answered. */
  freeze(): void;
  thaw(): void;
}

/**
 * @param flags further ones of redis-server, such as `['--requirepass', 'secret']`
 * @returns a running server; `kill()` it at the end
 */
export async function startRedis(flags: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  let folder = '';
  const redis: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      folder = mkdtempSync(join(tmpdir(), 'redis-'));
      const fixed = [
        '--port',
        `${port}`,
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--dir',
        folder,
      ];
      server = spawn('redis-server', [...fixed, ...flags], { stdio: 'ignore' });
      server.unref();
      await until(() => answers(port), 10_000);
    },
    async kill() {
      if (server === undefined) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      server = undefined;
      rmSync(folder, { recursive: true });
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
  };
  await redis.start();
  return redis;
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether a Redis talks there: it may want a password first. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [bytes] = await once(socket, 'data');
    return /^(\+PONG|-NOAUTH)/.test(String(bytes));
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
