import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, readSeed } from '../../src/emulator/index.ts';
import { makeTlsCertificate } from '../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from './app-process.ts';
import { openEmulator } from './emulator.ts';
import { freePort } from './free-port.ts';
import { type Nginx, startNginx } from './nginx.ts';
import type { Person } from './sign-ins.ts';

/** Two processes of the built app over one store, behind a real nginx, with an emulator that speaks TLS. */
export interface Fleet {
  /** The public address, that of nginx. */
  url: string;
  emulator: Emulator;
  nginx: Nginx;
  apps: readonly [AppProcess, AppProcess];
  /** Restarts one process after the other, as an update does: each has to be ready before the next one ends. */
  roll(changes?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

export interface FleetSettings {
  people?: readonly Person[];
  environment?: Record<string, string>;
  /** A command that runs each process: in a namespace of its own, for example. */
  within?: readonly string[];
}

const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';

export async function openFleet(settings: FleetSettings = {}): Promise<Fleet> {
  const { people = [], environment = {}, within = [] } = settings;
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  const tls = makeTlsCertificate(folder);
  const emulator = await openEmulator({
    tls: { cert: tls.certificate, key: tls.privateKey },
    seed: readSeed({ accounts: people.map((person) => ({ ...person, kind: 'work', tenantId: TENANT })) }),
  });
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const app = (port: number) =>
    createAppProcess({
      port,
      folder,
      emulator,
      certificateFile: tls.certificateFile,
      within,
      environment: {
        BASE_URL: `https://localhost:${ports[2]}`,
        TRUST_PROXY: '1',
        DATA_DIR: join(folder, 'data'),
        ...environment,
      },
    });
  const apps = [app(ports[0]), app(ports[1])] as const;
  await Promise.all(apps.map((each) => each.start()));
  const nginx = await startNginx({ port: ports[2], upstreams: [ports[0], ports[1]], ...tls });
  return {
    url: nginx.url,
    emulator,
    nginx,
    apps,
    async roll(changes) {
      for (const each of apps) {
        const status = await each.stop('SIGTERM');
        if (status !== 0) throw new Error(`a process ended with ${status}: ${each.program.output.stderr}`);
        await each.start(changes);
      }
    },
    async close() {
      await nginx.stop();
      await Promise.all(apps.map((each) => each.stop('SIGKILL')));
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
