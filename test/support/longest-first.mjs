import { createHash } from 'node:crypto';
import Sequencer from '@jest/test-sequencer';

/** The longest files, in this order; on a new machine Jest would guess by their size and end with one of them. */
const LONGEST = [
  'runs/browsers/every-page',
  'runs/browsers/taking-along',
  'runs/browsers/finding',
  'runs/browsers/stories',
  'web/export-page',
  'daemon/',
  'threats/redirects',
  'threats/graph',
  'threats/fuzz',
  'threats/mixing',
  'threats/patience',
  'web/codes',
];

/** With `--randomize`, files come in an order of the seed, like the tests in them. */
export default class LongestFirst extends Sequencer {
  #seed;

  constructor(options) {
    super(options);
    const { randomize, seed } = options.globalConfig;
    this.#seed = randomize ? seed : undefined;
  }

  sort(tests) {
    const placeOf = this.#seed === undefined ? place : (test) => lot(this.#seed, test);
    return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
  }
}

function place({ path }) {
  const index = LONGEST.findIndex((part) => path.includes(`/test/${part}`));
  return index === -1 ? LONGEST.length : index;
}

function lot(seed, { path }) {
  return createHash('sha256').update(`${seed} ${path}`).digest().readUInt32BE(0);
}
