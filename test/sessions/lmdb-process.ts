/* A process of its own over the same lmdb folder: does what its parent asks for. Started by lmdb-records.test.ts. */
import { openLmdbRecords } from '../../src/sessions/store/lmdb-records.ts';
import { PATIENT_MS } from '../support/until.ts';

export interface Asked {
  does: 'create' | 'read' | 'claimAll' | 'replaceAll' | 'createForEver' | 'fillDisk';
  id: string;
}

const folder = process.argv[2] ?? '';
const inOneHour = (): number => Date.now() + 3_600_000;
const records = await openLmdbRecords({
  folder,
  onWarning: (message) => console.log(message),
  operationTimeoutMs: PATIENT_MS,
});

const record = (id: string) => ({
  session: `s ${id}`,
  tokens: `t ${id}`,
  expiresAtMs: inOneHour(),
  groups: ['g'],
});

const DOES: Record<Asked['does'], (id: string) => Promise<unknown>> = {
  create: async (id) => records.create(id, record(id)),
  read: (id) => records.read(id, 'session'),
  /** Claims 200 names, one after the other: the parent does the same meanwhile. */
  async claimAll(id) {
    const won: string[] = [];
    for (let n = 0; n < 200; n += 1) if (await records.claim(`${id}${n}`, inOneHour())) won.push(`${id}${n}`);
    return won;
  },
  /** Adds one to a number in the tokens 100 times, again and again where another process was quicker. */
  async replaceAll(id) {
    for (let done = 0; done < 100; ) {
      const found = (await records.read(id, 'tokens')) ?? '0';
      if (await records.replace(id, 'tokens', found, `${Number(found) + 1}`, inOneHour())) done += 1;
    }
    return 'done';
  },
  /** Writes until that fails, then does one of everything; answers why the first write failed, and why the next did. */
  async fillDisk(id) {
    const outcome = (done: Promise<unknown>): Promise<unknown> =>
      done.then(
        () => undefined,
        ({ code, detail }) => ({ code, detail }),
      );
    let failed: unknown;
    for (let n = 0; failed === undefined; n += 1) {
      failed = await outcome(records.create(`${id}${n}`, { ...record(id), tokens: 'x'.repeat(6_000) }));
    }
    const next = await outcome(records.remove(`${id}0`));
    await outcome(records.removeGroup('g'));
    await outcome(records.claim(id, inOneHour()));
    await outcome(records.create(id, record(id)));
    await records.check();
    return { failed, next };
  },
  /** Reports each session once its promise resolved, until somebody kills the process. */
  async createForEver(id) {
    for (let n = 0; ; n += 1) {
      await records.create(`${id}${n}`, record(`${id}${n}`));
      process.send?.(`${id}${n}`);
    }
  },
};

process.on('message', ({ does, id }: Asked) => {
  DOES[does](id).then(
    (answer) => process.send?.({ answer: answer ?? null }),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.send?.('ready');
