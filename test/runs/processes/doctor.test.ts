import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEmulator } from '../../../src/emulator/index.ts';
import { EXPIRED, openPatient, type Patient, SESSION_SECRET, TENANT } from '../../doctor/patient.ts';
import { type Program, startProgram } from '../../support/program.ts';

let patient: Patient;
let folder: string;
beforeAll(async () => {
  patient = await openPatient();
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterAll(async () => {
  await patient.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (environment: Record<string, string>, given: string[] = []): Program =>
  startProgram('doctor', given, { folder, environment });

test('the program reads .env, and ends with the status of what is wrong', async () => {
  const settings = { ...patient.settings, CLIENT_SECRET: EXPIRED };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(folder, '.env'), lines.join('\n'), { mode: 0o600 });
  const program = start({});
  expect(await program.exited).toBe(3);
  rmSync(join(folder, '.env'));
  expect(program.output.stdout).toMatch(
    /^FAULT {5}credential .*AADSTS7000222.*\n +→ Create a new client secret/m,
  );
});

test('a company’s authority that is trusted is a warning', async () => {
  const secure = await startEmulator({ port: 0, https: true, state: join(folder, 'https') });
  const { NODE_EXTRA_CA_CERTS = '' } = secure.environment();
  const environment = { CLIENT_ID: TENANT, CLIENT_SECRET: 'any', SESSION_SECRET, NODE_EXTRA_CA_CERTS };
  const program = start({ ...environment, AUTHORITY: `${secure.url}/${TENANT}` });
  const status = await program.exited;
  await secure.close();
  expect([status, program.output.stdout]).toEqual([
    0,
    expect.stringMatching(/^warning {3}tls .*vouches for localhost/m),
  ]);
});

test('a Redis that is silent is given up in time', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const settings = patient.settings as Record<string, string>;
  const program = start({ ...settings, REDIS_URL: `redis://127.0.0.1:${port}` });
  const status = await program.exited;
  silent.close();
  expect([status, program.output.stdout]).toEqual([
    5,
    expect.stringMatching(/^FAULT {5}redis .*did not answer in time/m),
  ]);
});

test('Ctrl-C ends it at once, with 130', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const asked = new Promise((resolve) => silent.once('connection', resolve));
  const { port } = silent.address() as { port: number };
  const settings = patient.settings as Record<string, string>;
  const program = start({ ...settings, AUTHORITY: `http://localhost:${port}/${TENANT}` });
  await asked;
  expect(await program.stop('SIGINT')).toBe(130);
  silent.close();
  expect(program.output.stderr).toBe('Interrupted.\n');
});
