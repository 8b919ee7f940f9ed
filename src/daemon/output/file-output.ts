import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { openNew } from '../../own-file.ts';
import type { Output } from './output.ts';
import { becomeTarget, type TargetSurroundings, targetOf, unusable } from './target.ts';

/**
 * Writes into a new file beside `file` and renames it at the end, so that `file` is either the old one or whole. Two
 * runs have a file each, and the one that ends last stays.
 * @throws ConfigurationError where that cannot be done
 */
export async function openFileOutput(file: string, around: TargetSurroundings): Promise<Output> {
  const target = await targetOf(file);
  const path = `${target}.${randomUUID().slice(0, 8)}.partial`;
  const handle = await openNew(path).catch((error: unknown) => {
    throw unusable(file, error);
  });
  return {
    write: (text) => handle.appendFile(text),
    pageDone: async () => undefined,
    finish: () => becomeTarget({ handle, path, target }, around),
    async startAgain() {
      await handle.truncate(0);
      return true;
    },
    abandon: () => {
      rmSync(path, { force: true });
      return `${file} was not written`;
    },
  };
}
