/** What the benchmarks of stores, memory and exports start: the build, an emulator over TLS, apps and what they cost. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, readSeed, startEmulator } from '../../src/emulator/index.ts';
import { type MadeCertificate, makeCertificate } from '../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../support/app-process.ts';
import { freePort } from '../support/free-port.ts';
import { type Person, signInAs } from '../support/sign-ins.ts';

export interface BenchStage {
  folder: string;
  tls: MadeCertificate;
  emulator: Emulator;
  /** A started app; `url` is its public address. */
  startApp(environment: Record<string, string>): Promise<BenchApp>;
  close(): Promise<void>;
}

export interface BenchApp {
  process: AppProcess;
  pid: number;
  url: string;
}

const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';

/** Builds the app, as `npm start` does. */
export function build(): void {
  if (spawnSync(process.execPath, ['scripts/start.mjs'], { stdio: 'inherit' }).status !== 0)
    throw new Error('the build failed');
}

export async function openStage(people: readonly Person[], users = 250): Promise<BenchStage> {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const tls = makeCertificate(folder, 'localhost');
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const emulator = await startEmulator({
    port: 0,
    users,
    tls: { cert: tls.certificate, key: tls.privateKey },
    seed: readSeed({ accounts: people.map((person) => ({ ...person, kind: 'work', tenantId: TENANT })) }),
  });
  const started: AppProcess[] = [];
  return {
    folder,
    tls,
    emulator,
    async startApp(environment) {
      const port = await freePort();
      const url = environment.BASE_URL ?? `http://localhost:${port}`;
      const app = createAppProcess({
        port,
        folder,
        emulator,
        certificateFile: tls.certificateFile,
        environment: { BASE_URL: url, ...environment },
      });
      started.push(app);
      await app.start();
      return { process: app, pid: app.program.process.pid ?? 0, url: `http://localhost:${port}` };
    },
    async close() {
      for (const app of started) await app.stop('SIGKILL');
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in so many people, some at once, and throws where one of them needed a second try. */
export async function signInMany(
  url: string,
  people: readonly Person[],
  count: number,
  atOnce: number,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const person = people[next % people.length];
      next += 1;
      if (person === undefined) throw new Error('there has to be somebody');
      const { furtherClicks } = await signInAs(person, url);
      if (furtherClicks > 0) throw new Error(`${person.username} had to click again`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Of a process's file in /proc: memory that is its own, in MiB. */
export function ownMemoryMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/RssAnon:\s+(\d+)/)?.[1]) / 1_024;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
