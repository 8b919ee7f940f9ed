import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFifo, type Fifo } from '../../support/fifo.ts';
import { freePort } from '../../support/free-port.ts';
import { type Program, type ProgramOptions, startProgram } from '../../support/program.ts';
import { inParallel } from '../../support/stage.ts';
import { builtProgram, CTRL_C, CTRL_S, type OnTerminal, startOnTerminal } from '../../support/terminal.ts';
import { BUSY_MS, until } from '../../support/until.ts';

/** As docs/operations.md promises; what is held up never ends and never answers. */
const ENDS_WITHIN_MS = 11_000 + BUSY_MS;
const ANSWERS_WITHIN_MS = 10_000;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const TROUBLE = /^(Standard output cannot be written|Nobody reads standard output)/gm;

let folder: string;
let port: number;
let metricsPort: number;
let cleanUp: (() => unknown)[];
const agent = new Agent({ keepAlive: true, maxSockets: 32, timeout: 3_000 });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'output-'));
  [port, metricsPort] = [await freePort(), await freePort()];
  cleanUp = [];
});
afterEach(async () => {
  for (const undo of cleanUp.reverse()) await undo();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({
  PORT: String(port),
  METRICS_PORT: String(metricsPort),
  DATA_DIR: join(folder, 'data'),
  CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  CLIENT_SECRET: 'a-client-secret-that-nobody-uses',
  SESSION_SECRET: 'a-session-secret-of-the-tests-0123456789',
});

/** The built web app, ready. */
async function startApp(streams: Pick<ProgramOptions, 'stdout' | 'stderr'> = {}): Promise<Program> {
  const program = startProgram('web', [], { folder, environment: environment(), ...streams });
  cleanUp.push(() => program.stop('SIGKILL'));
  await until(async () => (await ask('/healthz').catch(() => 0)) === 200);
  return program;
}

/** A pipe between the app and this test. */
function pipe(): Fifo {
  const fifo = createFifo(join(folder, `pipe-${cleanUp.length}`));
  cleanUp.push(fifo.close);
  return fifo;
}

function opened(path: string): number {
  const descriptor = openSync(path, 'a');
  cleanUp.push(() => closeSync(descriptor));
  return descriptor;
}

/** One request, whose answer has to come in time. @returns its status */
function ask(path: string, at = port): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: at, path, agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asked.setTimeout(ANSWERS_WITHIN_MS, () => asked.destroy(new Error('no answer in time')));
    asked.once('error', reject).end();
  });
}

/** Visitors who ask for what is not there, few enough at a time that nobody is turned away. @returns the statuses */
async function visitors(count: number): Promise<number[]> {
  const statuses = await inParallel(Array.from({ length: count }), 20, () => ask('/nope'));
  return [...new Set(statuses)];
}

/** Lines that were dropped, as the figures have it. */
async function droppedLines(): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  return Number(/^log_lines_dropped_total (\d+)$/m.exec(await response.text())?.[1]);
}

async function endsInTime(
  program: Pick<Program, 'stop'>,
  signal: NodeJS.Signals,
): Promise<[number, boolean]> {
  const startedAtMs = performance.now();
  const status = await program.stop(signal);
  return [status, performance.now() - startedAtMs < ENDS_WITHIN_MS];
}

const parsed = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a standard output that cannot be written', () => {
  const places: [string, () => number][] = [
    ['a full device', () => opened('/dev/full')],
    [
      'a pipe whose reader has gone',
      () => {
        const fifo = pipe();
        fifo.leave();
        return fifo.writeEnd;
      },
    ],
  ];
  describe.each(places)('%s', (_what, place) => {
    test('everybody is answered, lines are counted, it is said once', async () => {
      const program = await startApp({ stdout: place() });
      expect([await visitors(200), await ask('/healthz')]).toEqual([[404], 200]);
      await until(async () => (await droppedLines()) >= 200);
      expect(program.output.stderr.match(TROUBLE)).toHaveLength(1);
      await endsInTime(program, 'SIGTERM');
      expect(program.output.stderr).toMatch(/The log is not whole: 20\d lines were dropped\.\n$/);
    });

    test.each(SIGNALS)('%s ends it in order', async (signal) => {
      const program = await startApp({ stdout: place() });
      await visitors(20);
      expect(await endsInTime(program, signal)).toEqual([0, true]);
    });
  });

  test('`| head -c 2000`, as somebody types it', async () => {
    const inner = 'echo $$ > pid; exec "$0" "$1"';
    const line = `(sh -c '${inner}' "$NODE" "$PROGRAM"; echo $? > status) | head -c 2000`;
    const program = join(process.cwd(), 'dist/main/web.js');
    const shell = spawn('sh', ['-c', line], {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE: process.execPath, PROGRAM: program, ...environment() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await until(async () => (await ask('/healthz').catch(() => 0)) === 200);
    for (let times = 0; times < 5; times += 1) expect(await visitors(10)).toEqual([404]);
    await until(async () => (await droppedLines()) > 0);
    expect(await ask('/healthz')).toBe(200);
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')));
    await new Promise((resolve) => shell.once('close', resolve));
    expect(readFileSync(join(folder, 'status'), 'utf8')).toBe('0\n');
  });
});

describe('a reader that pauses', () => {
  /** More lines than a pipe and the queue hold. */
  const TOO_MANY = 7_000;

  test('nobody waits; when it goes on it gets what was kept, whole, and how many were dropped', async () => {
    const fifo = pipe();
    const program = await startApp({ stdout: fifo.writeEnd });
    expect(await visitors(TOO_MANY)).toEqual([404]);
    const dropped = await droppedLines();
    expect([dropped > 0, program.output.stderr.match(TROUBLE)]).toEqual([true, [expect.any(String)]]);
    let read = '';
    await until(() => {
      read += fifo.read();
      return read.includes('log lines were dropped');
    });
    const lines = parsed(read);
    expect(lines.find(({ msg }) => msg === 'log lines were dropped')).toMatchObject({ dropped });
    expect(lines.filter(({ msg }) => msg === 'request').length + dropped).toBeGreaterThanOrEqual(TOO_MANY);
    await program.says(
      new RegExp(`^Standard output can be written again: ${dropped} lines were dropped\\.$`, 'm'),
    );
    expect(await endsInTime(program, 'SIGTERM')).toEqual([0, true]);
  });

  test('a socket, as service managers use it, is no different', async () => {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [join(process.cwd(), 'dist/main/web.js')], {
      cwd: folder,
      env: { PATH, ...environment() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    cleanUp.push(() => child.kill('SIGKILL'));
    await until(async () => (await ask('/healthz').catch(() => 0)) === 200);
    expect([await visitors(2_000), await ask('/healthz')]).toEqual([[404], 200]);
    const stop = (signal: NodeJS.Signals) => {
      const exited = new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? -1)));
      child.kill(signal);
      return exited;
    };
    expect(await endsInTime({ stop }, 'SIGTERM')).toEqual([0, true]);
  });

  test.each(SIGNALS)('%s ends it in time, with what is kept lost and said', async (signal) => {
    const fifo = pipe();
    const program = await startApp({ stdout: fifo.writeEnd });
    await visitors(1_000);
    expect(await endsInTime(program, signal)).toEqual([0, true]);
    const kept = fifo.read().split('\n').length - 1;
    const [, lost] = /The log is not whole: (\d+) lines were dropped\.\n$/.exec(program.output.stderr) ?? [];
    expect(kept + Number(lost)).toBeGreaterThanOrEqual(1_000);
  });
});

test('a pipe that others write too keeps its flags', async () => {
  const { writeEnd } = pipe();
  const flags = () => readFileSync(`/proc/self/fdinfo/${writeEnd}`, 'utf8').split('\n')[1];
  const before = flags();
  await startApp({ stdout: writeEnd });
  expect(flags()).toBe(before);
});

describe('the last lines', () => {
  test.each(SIGNALS)('are written before %s ends it, in a pipe and in a file', async (signal) => {
    const fifo = pipe();
    const file = join(folder, 'log');
    for (const stdout of [fifo.writeEnd, opened(file)]) {
      const program = await startApp({ stdout });
      await ask('/the-last-one');
      expect(await endsInTime(program, signal)).toEqual([0, true]);
    }
    const asked = { msg: 'request', res: { status: 404 } };
    for (const text of [fifo.read(), readFileSync(file, 'utf8')])
      expect(parsed(text)).toContainEqual(expect.objectContaining(asked));
  });
});

describe('a standard error that cannot be written', () => {
  test.each<[string, () => number]>([
    ['a full device', () => opened('/dev/full')],
    [
      'a pipe without a reader',
      () => {
        const fifo = pipe();
        fifo.leave();
        return fifo.writeEnd;
      },
    ],
    ['a pipe that nobody reads', () => pipe().writeEnd],
  ])('%s changes nothing, whatever standard output is', async (_what, place) => {
    for (const stdout of [pipe().writeEnd, opened('/dev/full')]) {
      const program = await startApp({ stdout, stderr: place() });
      expect([await visitors(100), await ask('/healthz')]).toEqual([[404], 200]);
      expect(await endsInTime(program, 'SIGTERM')).toEqual([0, true]);
    }
  });
});

describe('a terminal that nobody looks at', () => {
  let terminal: OnTerminal;
  const start = async (program: string) => {
    terminal = startOnTerminal(builtProgram(program), { folder, environment: environment() });
    cleanUp.push(terminal.close);
  };
  const isUp = () => until(async () => (await ask('/healthz').catch(() => 0)) === 200);

  test('Ctrl-S: everybody is answered, and Ctrl-C ends it', async () => {
    await start('web');
    await isUp();
    terminal.press(CTRL_S);
    expect([await visitors(3_000), await ask('/healthz')]).toEqual([[404], 200]);
    terminal.press(CTRL_C);
    expect(await terminal.exited).toBe(0);
  });

  test('a stalled connection: everybody is answered, and SIGTERM ends it', async () => {
    await start('web');
    await isUp();
    const stop = (signal: NodeJS.Signals) => {
      process.kill(terminal.pid(), signal);
      return until(() => !isAlive(terminal.pid())).then(() => 0);
    };
    terminal.lookAway();
    expect([await visitors(3_000), await ask('/healthz')]).toEqual([[404], 200]);
    expect(await endsInTime({ stop }, 'SIGTERM')).toEqual([0, true]);
    terminal.lookAgain();
    expect(await terminal.exited).toBe(0);
  });

  test('the terminal is closed: it ends', async () => {
    await start('web');
    await isUp();
    const pid = terminal.pid();
    await terminal.close();
    await until(() => !isAlive(pid), ENDS_WITHIN_MS);
  });
});

describe('a line about a visitor', () => {
  test('costs no write of its own, whether the page is there or not', async () => {
    const program = await startApp({ stdout: opened(join(folder, 'log')) });
    const writes = async (path: string) => {
      const before = writeCalls(program);
      for (let times = 0; times < 300; times += 1) await ask(path);
      return writeCalls(program) - before;
    };
    await writes('/');
    const [home, missing] = [await writes('/'), await writes('/nope')];
    expect(missing).toBeLessThan(home * 1.2);
  });
});

function writeCalls(program: Program): number {
  return Number(/syscw: (\d+)/.exec(readFileSync(`/proc/${program.process.pid}/io`, 'utf8'))?.[1]);
}

/** A zombie has ended: only its parent, which is stopped, has not heard of it. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
