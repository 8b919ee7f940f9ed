/** `npm run bench -- start`: from `node dist/main/web.js` to the first response, beside a node that does nothing. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { startRedis } from '../support/redis.ts';
import { cpuTimeMs, median } from './cpu-time.ts';
import { build, say } from './stage.ts';

const STARTS = Number(process.argv[3] ?? 10);
const LOOK_EVERY_MS = 2;
const TENANT = {
  CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  CLIENT_SECRET: 'a-client-secret-that-nobody-uses',
  SESSION_SECRET: 'a-session-secret-of-the-bench-0123456789',
};

interface Start {
  wallMs: number;
  cpuMs: number;
}

build();
const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
const redis = await startRedis();
const kinds: Record<string, Record<string, string>> = {
  'a tenant, SQLite': { ...TENANT, DATA_DIR: join(folder, 'data') },
  'a tenant, Redis': { ...TENANT, REDIS_URL: redis.url },
  'the emulator, SQLite': { DATA_DIR: join(folder, 'emulator') },
};
const figures = new Map<string, Start[]>(Object.keys(kinds).map((kind) => [kind, []]));
const bare: Start[] = [];
try {
  for (let round = 0; round < STARTS; round += 1) {
    bare.push(startBare());
    for (const [kind, environment] of Object.entries(kinds)) {
      figures.get(kind)?.push(await startApp(environment));
    }
  }
} finally {
  await redis.kill();
  rmSync(folder, { recursive: true, force: true });
}
const bareWallMs = median(bare.map(({ wallMs }) => wallMs));
say(`node that does nothing: ${bareWallMs.toFixed(0)} ms`);
for (const [kind, starts] of figures) {
  const wallMs = median(starts.map((start) => start.wallMs));
  const leastMs = Math.min(...starts.map((start) => start.wallMs));
  const cpuMs = median(starts.map((start) => start.cpuMs));
  say(
    `${kind}: first answer after ${wallMs.toFixed(0)} ms (least ${leastMs.toFixed(0)}), CPU ${cpuMs.toFixed(0)} ms, ratio ${(wallMs / bareWallMs).toFixed(1)}`,
  );
}

function startBare(): Start {
  const startedAtMs = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return { wallMs: performance.now() - startedAtMs, cpuMs: 0 };
}

async function startApp(environment: Record<string, string>): Promise<Start> {
  const [port, emulatorPort] = [await freePort(), await freePort()];
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, ['dist/main/web.js'], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: String(port),
      EMULATOR_PORT: String(emulatorPort),
      ...environment,
    },
    stdio: 'ignore',
  });
  while (!(await answers(port))) await pause(LOOK_EVERY_MS);
  const start = { wallMs: performance.now() - startedAtMs, cpuMs: cpuTimeMs(child.pid ?? 0) };
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  return start;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get(`http://127.0.0.1:${port}/`, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
    }).on('error', () => resolve(false));
  });
}
