import { readFileSync } from 'node:fs';
import type { Emulator } from '../../src/emulator/index.ts';
import { createBrowser } from './browser.ts';
import { type Program, startProgram } from './program.ts';
import { until } from './until.ts';

/** One process of the built web app, which can be ended and started again in the same place. */
export interface AppProcess {
  /** Where it listens itself, whatever stands in front of it. */
  url: string;
  readonly program: Program;
  /** Starts it (again) and waits until it is ready; changed settings stay for later starts. */
  start(changes?: Record<string, string>): Promise<void>;
  /** Ends it. @returns the exit status, -1 after a signal that it did not handle */
  stop(signal: NodeJS.Signals): Promise<number>;
  isReady(): Promise<boolean>;
  /** Memory that is its own, in MiB: files that are mapped do not count. */
  memoryMiB(): number;
}

export interface AppProcessSettings {
  port: number;
  /** Its working folder. */
  folder: string;
  emulator: Pick<Emulator, 'baseUrl'>;
  /** Of the emulator, which speaks TLS. */
  certificateFile: string;
  environment: Record<string, string>;
  /** A command that runs another one: in a namespace, for example. */
  within?: readonly string[];
}

export const CLIENT_ID = '22222222-2222-4222-8222-222222222222';

/** An app that is not started yet. */
export function createAppProcess(settings: AppProcessSettings): AppProcess {
  const { port, folder, emulator, certificateFile, within = [] } = settings;
  let environment: Record<string, string> = {
    NODE_EXTRA_CA_CERTS: certificateFile,
    PORT: String(port),
    CLIENT_ID,
    CLIENT_SECRET: 'a-client-secret-of-the-tests-0123456789',
    AUTHORITY: `${emulator.baseUrl}/common`,
    GRAPH_ENDPOINT: emulator.baseUrl,
    SESSION_SECRET: 'a-session-secret-of-the-tests-0123456789',
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'warn',
    ...settings.environment,
  };
  let running: Program | undefined;
  const url = `http://127.0.0.1:${port}`;
  const program = () => {
    if (running === undefined) throw new Error('the app was never started');
    return running;
  };
  const isReady = () =>
    createBrowser()
      .visit(`${url}/readyz`)
      .then(
        ({ status }) => status === 200,
        () => false,
      );
  return {
    url,
    get program() {
      return program();
    },
    isReady,
    async start(changes = {}) {
      environment = { ...environment, ...changes };
      const started = startProgram('web', [], { folder, environment, within });
      running = started;
      await until(async () => (await isReady()) || hasEnded(started));
      if (hasEnded(started)) throw new Error(`it did not start: ${started.output.stderr}`);
    },
    async stop(signal) {
      return hasEnded(program()) ? program().exited : program().stop(signal);
    },
    memoryMiB() {
      const status = readFileSync(`/proc/${program().process.pid}/status`, 'utf8');
      return Number(status.match(/RssAnon:\s+(\d+)/)?.[1]) / 1024;
    },
  };
}

function hasEnded({ process }: Program): boolean {
  return process.exitCode !== null || process.signalCode !== null;
}
