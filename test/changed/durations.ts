import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where Jest remembers how long each file took, as package.json says. */
const CACHE = 'node_modules/.cache/jest';

/** Seconds that test files took the last time. */
export function knownDurations(): Map<string, number> {
  const known = new Map<string, number>();
  for (const [file, ms] of remembered()) known.set(relative('.', file), ms / 1_000);
  return known;
}

function remembered(): [string, number][] {
  try {
    return readdirSync(CACHE)
      .filter((name) => name.startsWith('perf-cache-'))
      .flatMap((name) => {
        const cache = JSON.parse(readFileSync(join(CACHE, name), 'utf8')) as Record<string, [number, number]>;
        return Object.entries(cache).map(([file, [, ms]]): [string, number] => [file, ms]);
      });
  } catch {
    return []; // nothing ran here yet
  }
}
