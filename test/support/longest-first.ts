import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest files, in this order; a new machine would guess by their size and end with one of them. */
const LONGEST = [
  'browser/every-page',
  'browser/stories',
  'main/processes',
  'browser/',
  'web/export-page',
  'daemon/',
];

/** The longest files first, so that no process is still busy with one of them when the others have ended. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { shuffle, seed } = this.ctx.config.sequence;
    if (shuffle) return files.toSorted((one, other) => lot(one, seed).localeCompare(lot(other, seed)));
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

function place({ moduleId }: TestSpecification): number {
  const index = LONGEST.findIndex((part) => moduleId.includes(`/test/${part}`));
  return index === -1 ? LONGEST.length : index;
}

/** The same lot for the same seed, wherever the folder is. */
const lot = ({ moduleId }: TestSpecification, seed: number): string =>
  createHash('sha256')
    .update(`${seed} ${relative('.', moduleId)}`)
    .digest('hex');
