import Sequencer from '@jest/test-sequencer';

/** The longest files, in this order; on a new machine Jest would guess by their size and end with one of them. */
const LONGEST = [
  'browser/every-page',
  'browser/stories',
  'main/processes',
  'browser/',
  'web/export-page',
  'daemon/',
];

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
}

function place({ path }) {
  const index = LONGEST.findIndex((part) => path.includes(`/test/${part}`));
  return index === -1 ? LONGEST.length : index;
}
