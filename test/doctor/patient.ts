import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDoctor } from '../../src/doctor/index.ts';
import type { Emulator, FaultRequest, SeedInput } from '../../src/emulator/index.ts';
import { DOCTOR_PARTS } from '../../src/main/doctor-parts.ts';
import { openEmulator } from '../support/emulator.ts';

export const CLIENT_ID = '44444444-4444-4444-8444-444444444444';
export const SECRET = 'a-secret-that-no-report-may-show';
export const EXPIRED = 'a-secret-of-another-year';
export const SESSION_SECRET = 'the-session-secret-0123456789-abcdefghijk';
export const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
export const HOME = 'http://localhost:5000/';

/** What a run of the doctor came to. */
export interface Report {
  status: number;
  stdout: string;
  stderr: string;
}

export interface Finding {
  looked: string;
  state: string;
  what: string;
  todo?: string;
}

type Around = Partial<Parameters<typeof runDoctor>[1]>;
type Settings = Record<string, string | undefined>;

/** An app with its registration at an emulator, for the doctor to look at. */
export interface Patient {
  emulator: Emulator;
  /** The settings of the app, all in order. */
  settings: Settings;
  folder: string;
  fault(at: FaultRequest['at'], fault: FaultRequest['fault']): void;
  /** @param changed settings over those that are in order; undefined: not set */
  examine(changed?: Settings, given?: string[], around?: Around): Promise<Report>;
  /** The findings of `--json`. */
  findings(
    changed?: Settings,
    given?: string[],
    around?: Around,
  ): Promise<{ status: number; findings: Finding[] }>;
  close(): Promise<void>;
}

const REGISTRATION = {
  clientId: CLIENT_ID,
  redirectUris: [`${HOME}getAToken`, HOME],
  secrets: [{ value: SECRET }, { value: EXPIRED, expiresAt: '2020-01-01T00:00:00Z' }],
  applicationPermissions: ['User.Read.All'],
  adminConsented: true,
};

export async function openPatient(registrations: SeedInput['registrations'] = []): Promise<Patient> {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const seed = { registrations: [REGISTRATION, ...registrations] };
  const emulator = await openEmulator({ seed });
  const settings = {
    CLIENT_ID,
    CLIENT_SECRET: SECRET,
    SESSION_SECRET,
    AUTHORITY: `${emulator.url}/${TENANT}`,
    BASE_URL: HOME,
    DATA_DIR: join(folder, 'data'),
  };
  const examine: Patient['examine'] = (changed = {}, given = [], around = {}) =>
    runInProcess({ ...settings, ...changed }, given, around);
  return {
    emulator,
    settings,
    folder,
    fault: (at, fault) => emulator.addFault({ at, fault, times: 'always' }),
    examine,
    async findings(changed, given = [], around) {
      const { status, stdout } = await examine(changed, ['--json', ...given], around);
      return { status, findings: (JSON.parse(stdout) as { findings: Finding[] }).findings };
    },
    async close() {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function runInProcess(environment: Settings, given: string[], around: Around): Promise<Report> {
  const report: Report = { status: -1, stdout: '', stderr: '' };
  const streamOf = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    write(text: string) {
      report[name] += text;
      return true;
    },
  });
  report.status = await runDoctor(given, {
    ...DOCTOR_PARTS,
    environment,
    stdout: streamOf('stdout'),
    stderr: streamOf('stderr'),
    onInterrupt: () => undefined,
    ...around,
  });
  return report;
}
