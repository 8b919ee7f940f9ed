import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator, Seed } from '../../../src/emulator/index.ts';
import { makeTlsCertificate } from '../../daemon/certificates.ts';
import { appUnderTest } from '../../runs/runs.ts';
import { createBrowser } from '../../support/browser.ts';
import { openEmulator } from '../../support/emulator.ts';
import { freePort } from '../../support/free-port.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { until } from '../../support/until.ts';

export const CANARIES = {
  clientSecret: 'CANARY-client-secret-0123456789abcdef',
  sessionSecret: 'CANARY-session-secret-0123456789abcdef',
  olderSessionSecret: 'CANARY-older-session-secret-0123456789',
};

export const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';

const PROGRAMS = { 'the demo': 'web', 'three lines': 'test/threats/support/three-lines.js' } as const;

/** The built app of this run as a process of its own, with a tenant: an emulator behind TLS that it has to discover. */
export interface BuiltApp {
  url: string;
  emulator: Emulator;
  program: Program;
  folder: string;
  certificateFile: string;
  /** Memory of the process that is its own, in MiB. */
  memoryMiB(): number;
  close(): Promise<void>;
}

/** What another process has already, and the people of the emulator. */
export interface Beside {
  emulator?: Emulator;
  certificateFile?: string;
  seed?: Seed;
}

export async function startBuiltApp(
  environment: Record<string, string> = {},
  faults: readonly object[] = [],
  beside: Beside = {},
): Promise<BuiltApp> {
  const folder = mkdtempSync(join(tmpdir(), 'threats-'));
  const tls = makeTlsCertificate(folder);
  const emulator =
    beside.emulator ??
    (await openEmulator({
      tls: { cert: tls.certificate, key: tls.privateKey },
      ...(beside.seed === undefined ? {} : { seed: beside.seed }),
    }));
  for (const one of faults) emulator.addFault(one as Parameters<Emulator['addFault']>[0]);
  const port = await freePort();
  const program = startProgram(PROGRAMS[appUnderTest()], [], {
    folder,
    environment: {
      NODE_EXTRA_CA_CERTS: beside.certificateFile ?? tls.certificateFile,
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      CLIENT_ID: '22222222-2222-4222-8222-222222222222',
      CLIENT_SECRET: CANARIES.clientSecret,
      AUTHORITY: `${emulator.baseUrl}/${TENANT}`,
      GRAPH_ENDPOINT: emulator.baseUrl,
      SESSION_SECRET: `${CANARIES.sessionSecret},${CANARIES.olderSessionSecret}`,
      RATE_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: 'trace',
      ...environment,
    },
  });
  const url = `http://localhost:${port}`;
  await until(() => isUp(url));
  return {
    url,
    emulator,
    program,
    folder,
    certificateFile: tls.certificateFile,
    memoryMiB: () => {
      const status = readFileSync(`/proc/${program.process.pid}/status`, 'utf8');
      return Number(status.match(/RssAnon:\s+(\d+)/)?.[1]) / 1024;
    },
    async close() {
      await program.stop('SIGKILL');
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isUp(url: string): Promise<boolean> {
  return createBrowser()
    .visit(`${url}/`)
    .then(
      ({ status }) => status === 200,
      () => false,
    );
}
