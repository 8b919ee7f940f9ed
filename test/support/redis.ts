import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** A real redis-server of one test file, on a port of its own, that can be treated badly. */
export interface RedisServer {
  readonly port: number;
  /** Without user and password; `rediss://` where it has a certificate. */
  readonly url: string;
  /** Starts it (again) on the same port, empty, and waits until it answers. */
  start(): Promise<void>;
  /** kill -9, and waits for the end. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay, nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Sends one command in clear, as somebody at a terminal would. @throws Error where Redis refuses it */
  send(command: string): Promise<void>;
}

/** Files of a certificate: with it, the server speaks TLS only. */
export interface RedisTls {
  certificateFile: string;
  privateKeyFile: string;
}

/** Otherwise than usual. */
interface RedisKind {
  /** It is a sentinel, by this file of its settings. */
  sentinelFile?: string;
}

/**
 * @param flags further ones of redis-server, such as `['--requirepass', 'secret']`
 * @returns a running server; `kill()` it at the end
 */
export async function startRedis(
  flags: readonly string[] = [],
  tls?: RedisTls,
  { sentinelFile }: RedisKind = {},
): Promise<RedisServer> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  let folder = '';
  const redis: RedisServer = {
    port,
    url: tls === undefined ? `redis://127.0.0.1:${port}` : `rediss://localhost:${port}`,
    async start() {
      folder = mkdtempSync(join(tmpdir(), 'redis-'));
      const fixed = [...listening(port, tls), ...['--bind', '127.0.0.1', '--dir', folder]];
      const kind = sentinelFile === undefined ? ['--save', '', '--appendonly', 'no'] : ['--sentinel'];
      const file = sentinelFile === undefined ? [] : [sentinelFile];
      server = spawn('redis-server', [...file, ...fixed, ...kind, ...flags], { stdio: 'ignore' });
      server.unref();
      await until(() => answers(port, tls !== undefined));
    },
    async kill() {
      if (server === undefined) return;
      server.ref();
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      server = undefined;
      rmSync(folder, { recursive: true });
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    send: (command) => sendOnce(port, command),
  };
  await redis.start();
  return redis;
}

function listening(port: number, tls: RedisTls | undefined): string[] {
  if (tls === undefined) return ['--port', `${port}`];
  return [
    ...['--port', '0', '--tls-port', `${port}`, '--tls-auth-clients', 'no'],
    ...['--tls-cert-file', tls.certificateFile, '--tls-key-file', tls.privateKeyFile],
    ...['--tls-ca-cert-file', tls.certificateFile],
  ];
}

async function sendOnce(port: number, command: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write(`${command}\r\n`);
    const [bytes] = await once(socket, 'data');
    if (String(bytes).startsWith('-')) throw new Error(`${command}: ${bytes}`);
  } finally {
    socket.destroy();
  }
}

/** Whether a Redis talks there: it may want a password first. */
async function answers(port: number, isTls: boolean): Promise<boolean> {
  const socket = isTls
    ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    : connect(port, '127.0.0.1');
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect');
    socket.write('PING\r\n');
    const [bytes] = await once(socket, 'data');
    return /^(\+PONG|-NOAUTH)/.test(String(bytes));
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
