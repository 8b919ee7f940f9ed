import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/program.ts';
import { inParallel } from '../support/stage.ts';
import { CASES, type Case, GOOD, VALUES } from './support/bad-settings.ts';

interface Ended {
  status: number;
  names: string[];
  stdout: string;
  /** Lines that hold a value. */
  told: string[];
  ms: number;
}

let folder: string;
const ended = new Map<string, Ended>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'configuration-'));
  await inParallel(CASES, 3, async ({ name, set }) => void ended.set(name, await startWith(set)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function startWith(set: Case['set'], where = folder): Promise<Ended> {
  const environment = Object.fromEntries(
    Object.entries({
      PORT: String(await freePort()),
      DATA_DIR: join(folder, 'data'),
      ...GOOD,
      ...set,
    }).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const startedAtMs = performance.now();
  const program = startProgram('web', [], { folder: where, environment });
  const status = await program.exited;
  const lines = program.output.stderr.split('\n').filter((line) => line !== '');
  return {
    status,
    names: lines.map((line) => line.split(' ', 1)[0] ?? ''),
    stdout: program.output.stdout,
    told: lines.filter((line) => VALUES.test(line)),
    ms: performance.now() - startedAtMs,
  };
}

describe('a bad setting stops the start', () => {
  test.each(CASES.map((one) => [one.name, one] as const))('O67 %s', (name, { names }) => {
    const { ms: _ms, ...rest } = ended.get(name) as Ended;
    expect({ ...rest, names: [...new Set(rest.names)].sort() }).toEqual({
      status: 2,
      names: [...names].sort(),
      stdout: '',
      told: [],
    });
  });

  test('O67 within two seconds, or on a busy machine within thirty starts of nothing', async () => {
    const startedAtMs = performance.now();
    await once(spawn(process.execPath, ['-e', '0']), 'exit');
    const nothingMs = performance.now() - startedAtMs;
    const fastestMs = Math.min(...[...ended.values()].map(({ ms }) => ms));
    expect(ended.size).toBeGreaterThanOrEqual(30);
    expect(fastestMs).toBeLessThan(Math.max(2_000, 30 * nothingMs));
  });

  test('O67 a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { status, names } = await startWith({ PORT: String(port) });
    server.close();
    expect({ status, names }).toEqual({ status: 2, names: ['PORT'] });
  });

  test.each([
    ['with a tenant', {}],
    ['with the emulator', { CLIENT_ID: undefined, CLIENT_SECRET: undefined, SESSION_SECRET: undefined }],
  ])('O67 a data folder that is a file, %s', async (_name, set) => {
    const file = join(folder, 'CANARY-file');
    writeFileSync(file, '');
    expect(await startWith({ ...set, DATA_DIR: file })).toMatchObject({
      status: 2,
      names: ['DATA_DIR'],
      stdout: '',
      told: [],
    });
  });

  test('O67 an .env that cannot be read, and one whose values are bad', async () => {
    const unreadable = join(folder, 'unreadable');
    mkdirSync(join(unreadable, '.env'), { recursive: true });
    expect(await startWith({}, unreadable)).toMatchObject({ status: 2, names: ['.env'], told: [] });
    const wrong = join(folder, 'wrong');
    mkdirSync(wrong);
    writeFileSync(join(wrong, '.env'), 'TRUST_PROXY=true\nLOG_LEVEL="CANARY"\n');
    expect(await startWith({}, wrong)).toMatchObject({
      status: 2,
      names: ['TRUST_PROXY', 'LOG_LEVEL'],
      told: [],
    });
  });
});
