/* A process of its own over the same store: does what its parent asks for. Started by sqlite-processes.test.ts. */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteRecords } from '../../src/sessions/store/sqlite/sqlite-records.ts';
import { PATIENT_MS } from '../support/until.ts';

const folder = process.argv[2] ?? '';
const MIB = 1_048_576;
const NANOSECONDS_PER_MS = 1_000_000;
const taken: string[] = [];
const inOneHour = (): number => Date.now() + 3_600_000;
const records = await openSqliteRecords({
  folder,
  onWarning: (message) => process.send?.({ warning: message }),
  operationTimeoutMs: PATIENT_MS,
});

const record = (id: string, tokens = `t ${id}`) => ({
  session: `s ${id}`,
  tokens,
  expiresAtMs: inOneHour(),
  groups: ['g'],
});

/** What became of it: `done`, or why not. */
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    ({ code, detail }) => `${code}: ${detail}`,
  );

const DOES = {
  create: (id: string) => records.create(id, record(id)),
  read: (id: string) => records.read(id, 'session'),
  processId: async () => process.pid,
  removeAll: () => records.removeGroup('g'),

  /** Claims 200 names, one after the other: the parent does the same meanwhile. */
  async claimAll(id: string) {
    const won: string[] = [];
    for (let n = 0; n < 200; n += 1)
      if (await records.useOnce(`${id}${n}`, inOneHour())) won.push(`${id}${n}`);
    return won;
  },

  /** Adds one to a number in the tokens 100 times, again and again where another process was quicker. */
  async replaceAll(id: string) {
    for (let done = 0; done < 100; ) {
      const found = (await records.read(id, 'tokens')) ?? '0';
      if (await records.replace(id, 'tokens', found, `${Number(found) + 1}`, inOneHour())) done += 1;
    }
    return 'done';
  },

  /** Starts sessions until that fails, and answers why. */
  async fillDisk(id: string) {
    for (let n = 0; ; n += 1) {
      const became = await outcome(records.create(`${id}${n}`, record(id, 'x'.repeat(6_000))));
      if (became !== 'done') return became;
    }
  },

  /** Takes what is left of the disk. */
  async takeRest() {
    for (let bytes = MIB; bytes >= 1; bytes = Math.floor(bytes / 2)) while (takes(bytes));
  },

  async giveBack() {
    for (const file of taken.splice(0)) rmSync(file);
  },

  /** One of everything. */
  async useAll(id: string) {
    return {
      create: await outcome(records.create(`new-${id}`, record(id))),
      claim: await outcome(records.useOnce(id, inOneHour())),
      read: await outcome(records.read(`${id}0`, 'tokens')),
      replace: await outcome(records.replace(`${id}0`, 'session', `s ${id}`, `s ${id}`, inOneHour())),
      remove: await outcome(records.remove(`${id}1`)),
      removeGroup: await outcome(records.removeGroup(id)),
      count: await outcome(records.count()),
      check: await outcome(records.check()),
    };
  },

  /** Reports each session once its promise resolved, until somebody kills the process. */
  async createForEver(id: string) {
    for (let n = 0; ; n += 1) {
      await records.create(`${id}${n}`, record(`${id}${n}`));
      process.send?.(`${id}${n}`);
    }
  },

  /** Signs in and reads for some seconds as a busy process would. @returns how late its event loop was, in ms */
  async bePunctual(id: string) {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    const untilMs = Date.now() + 5_000;
    for (let n = 0; Date.now() < untilMs; n += 1) {
      await records.useOnce(`${id}${n}`, inOneHour());
      await records.create(`${id}${n}`, record(`${id}${n}`, 'x'.repeat(6_000)));
      await records.read(`${id}${n}`, 'tokens');
      await pause(4);
    }
    return { p99Ms: delays.percentile(99) / NANOSECONDS_PER_MS, maxMs: delays.max / NANOSECONDS_PER_MS };
  },
} satisfies Record<string, (id: string) => Promise<unknown>>;

export interface Asked {
  does: keyof typeof DOES;
  id?: string;
}

function takes(bytes: number): boolean {
  const file = join(dirname(folder), `taken-${taken.length}`);
  taken.push(file);
  try {
    writeFileSync(file, Buffer.alloc(bytes));
    return true;
  } catch {
    return false; // there may be a part of it
  }
}

process.on('message', ({ does, id = '' }: Asked) => {
  DOES[does](id).then(
    (answer) => process.send?.({ answer: answer ?? null }),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.send?.('ready');
