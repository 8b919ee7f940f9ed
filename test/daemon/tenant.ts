import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, type FaultRequest, readSeed } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type MadeCertificate, makeCertificate, makeTlsCertificate } from './certificates.ts';

export const CLIENT_ID = '33333333-3333-4333-8333-333333333333';
export const SECRET = 'a-secret-that-no-stream-may-show';
export const TENANT_ID = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
/** An administrator of the tenant. */
export const ADMINISTRATOR = 'nia.okafor@contoso.example';

/** A run that ended. */
export interface Run {
  status: number;
  stdout: string;
  stderr: string;
}

/** A strict emulator behind TLS, a folder, and the daemon to run there. */
export interface Tenant {
  emulator: Emulator;
  folder: string;
  tls: MadeCertificate;
  /** Writes a parameters file: the quickstart's secret variant with these members changed (undefined: left out). */
  parameters(changes?: Record<string, unknown>): string;
  file(name: string, text: string): string;
  fault(at: FaultRequest['at'], fault: FaultRequest['fault'], more?: Partial<FaultRequest>): void;
  /** Graph answers exactly these rows, once. */
  rows(rows: unknown[]): void;
  run(daemonArguments: string[], environment?: Record<string, string>): Promise<Run>;
  start(daemonArguments: string[], environment?: Record<string, string>): Program;
  /** A request like a browser's, without following redirects. */
  visit(url: string, form?: string): Promise<{ status: number; location: string; body: string }>;
  /** What the emulator was asked so far, as `METHOD path?query`. */
  asked(
    path: RegExp,
  ): { query: Record<string, string>; headers: Record<string, string>; body: Record<string, string> }[];
  close(): Promise<void>;
}

export interface TenantOptions {
  users?: number;
  registration?: Record<string, unknown>;
  /** Reads the folder's made certificate into the registration. */
  register?: (tls: MadeCertificate) => Record<string, unknown>;
}

/** Opens a tenant whose directory has this many generated users besides the three built-in accounts. */
export async function openTenant(options: TenantOptions = {}): Promise<Tenant> {
  const folder = mkdtempSync(join(tmpdir(), 'daemon-test-'));
  const tls =
    options.register === undefined ? makeTlsCertificate(folder) : makeCertificate(folder, 'localhost');
  const registration = {
    clientId: CLIENT_ID,
    name: 'Daemon-console',
    secrets: [{ value: SECRET }],
    applicationPermissions: ['User.Read.All'],
    adminConsented: true,
    ...options.registration,
    ...options.register?.(tls),
  };
  const emulator = await openEmulator({
    users: options.users ?? 2,
    tls: { cert: tls.certificate, key: tls.privateKey },
    seed: readSeed({ registrations: [registration] }),
    strictRegistrations: true,
  });
  return tenantOver(emulator, folder, tls);
}

function tenantOver(emulator: Emulator, folder: string, tls: MadeCertificate): Tenant {
  const environment = { NODE_EXTRA_CA_CERTS: tls.certificateFile };
  const start: Tenant['start'] = (daemonArguments, more = {}) =>
    startProgram('daemon', daemonArguments, { folder, environment: { ...environment, ...more } });
  const file: Tenant['file'] = (name, text) => {
    rmSync(join(folder, name), { force: true }); // an earlier one keeps its mode
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  return {
    emulator,
    folder,
    tls,
    file,
    start,
    parameters: (changes = {}) =>
      file('parameters.json', JSON.stringify({ ...sample(emulator.baseUrl), ...changes }, null, 2)),
    fault: (at, fault, more) => emulator.addFault({ at, fault, ...more }),
    rows: (rows) => emulator.addFault({ at: 'users', fault: { kind: 'rows', rows } }),
    async run(daemonArguments, more) {
      const program = start(daemonArguments, more);
      return { status: await program.exited, ...program.output };
    },
    visit: (url, form) => visit(url, tls.certificate, form),
    asked: (path) => emulator.ledger().filter((entry) => path.test(entry.path)),
    async close() {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The quickstart's file, as downloaded and filled in. */
function sample(baseUrl: string) {
  return {
    authority: `${baseUrl}/${TENANT_ID}`,
    client_id: CLIENT_ID,
    scope: ['https://graph.microsoft.com/.default'],
    secret: SECRET,
    endpoint: `${baseUrl}/v1.0/users`,
  };
}

function visit(url: string, ca: string, form: string | undefined): ReturnType<Tenant['visit']> {
  const headers = form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const asked = request(url, { ca, method: form === undefined ? 'GET' : 'POST', headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '', body }),
      );
    });
    asked.once('error', reject);
    asked.end(form);
  });
}
