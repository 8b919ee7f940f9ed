import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { MUTANTS } from './mutants.ts';

/** `npm run test:mutants` takes minutes, so a source that changed under a mutant has to be noticed here. */
describe('the mutants', () => {
  test.each(MUTANTS.map((mutant) => [mutant.defect, mutant] as const))(
    '%s: can be planted',
    (_defect, mutant) => {
      const { tests, also = [] } = mutant;
      for (const { file, text, instead } of [mutant, ...also]) {
        expect(readFileSync(file, 'utf8').split(text)).toHaveLength(2);
        expect(instead).not.toBe(text);
      }
      expect(tests.filter((name) => !existsSync(`test/${name}.test.ts`))).toEqual([]);
    },
  );
});
