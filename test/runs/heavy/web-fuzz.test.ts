import { expect, test } from '@jest/globals';
import { beginAnew } from '../../support/stage.ts';
import { openWorld, type World } from '../../support/world.ts';
import {
  type Extent,
  fuzzAddresses,
  fuzzCallback,
  fuzzGraph,
  fuzzHeaders,
  fuzzTokenAnswers,
} from '../../threats/support/fuzz.ts';

const HOUR_MS = 3_600_000;
/** The emulator remembers 5,000 requests, and one input of the chattiest costs five. */
const INPUTS_A_WORLD = 500;

const FUZZES: readonly (readonly [string, (world: World, extent: Extent) => Promise<void>, number])[] = [
  ['the redirect URI', fuzzCallback, 25_000],
  ['addresses', fuzzAddresses, 30_000],
  ['headers and cookies', fuzzHeaders, 30_000],
  ['token answers and ID tokens', fuzzTokenAnswers, 7_500],
  ['answers of Graph', fuzzGraph, 7_500],
];

test.each(FUZZES)(
  'fuzzing %s',
  async (_name, fuzz, inputs) => {
    for (let done = 0; done < inputs; done += INPUTS_A_WORLD) {
      const world = await openWorld();
      await beginAnew(world);
      await fuzz(world, { numRuns: INPUTS_A_WORLD, seed: 1_000 + done });
      await world.close();
    }
    expect(inputs).toBeGreaterThan(0);
  },
  HOUR_MS,
);
