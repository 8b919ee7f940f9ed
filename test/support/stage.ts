import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { openWorld, type World, type WorldOptions } from './world.ts';

/** Faults as the emulator takes them. */
export type Fault = Parameters<World['emulator']['addFault']>[0];

/** One world for all tests of a file; before each of them no fault waits and what happened before does not count. */
export function useWorld(options: WorldOptions = {}): () => World {
  let world: World | undefined;
  const opened = () => {
    if (world === undefined) throw new Error('the world is open within tests only');
    return world;
  };
  beforeAll(async () => {
    world = await openWorld(options);
  });
  beforeEach(() => beginAnew(opened()));
  afterAll(() => opened().close());
  return opened;
}

interface Beginning {
  entries: number;
  kept: number;
}

const beginnings = new WeakMap<World, Beginning>();
/** The emulator remembers so many requests: in a longer file, counting would go wrong. */
const MOST_ENTRIES = 5_000;

/** From here on the ledger, the log and the store count from nothing, and no fault waits. */
export async function beginAnew(world: World): Promise<void> {
  world.emulator.clearFaults();
  world.log.length = 0;
  beginnings.set(world, { entries: world.emulator.ledger().length, kept: await world.records.count() });
}

/** What the emulator received since the test began. */
export function receivedSince(world: World, path: string): ReturnType<World['emulator']['ledger']> {
  const entries = world.emulator.ledger();
  if (entries.length >= MOST_ENTRIES) throw new Error('the ledger is full: use another world');
  return entries.slice(beginnings.get(world)?.entries ?? 0).filter((entry) => entry.path.includes(path));
}

/** Sessions that the store keeps now and did not keep when the test began. */
export async function newlyKept(world: World): Promise<number> {
  return (await world.records.count()) - (beginnings.get(world)?.kept ?? 0);
}

/** Makes something go wrong at the emulator, whatever its size. */
export function fault(world: World, given: object): void {
  world.emulator.addFault(given as Fault);
}

/** Runs a task for each item, so many at a time. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  most: number,
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await task(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  return results;
}
