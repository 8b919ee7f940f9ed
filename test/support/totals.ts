import type { TestModule, Vitest } from 'vitest/node';

/** How many tests ended how. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** What went wrong outside of all tests counts as one of them: a file that could not be loaded, no file at all. */
export function totalsOf({ state }: Pick<Vitest, 'state'>): Totals {
  const modules = state.getTestModules();
  const { passed, failed, skipped } = countedIn(modules);
  const broken = modules.filter((module) => !module.ok() && failedTests(module).length === 0).length;
  const outside = modules.length === 0 || state.getUnhandledErrors().length > 0 ? 1 : 0;
  return { passed, failed: failed + broken + outside, skipped };
}

/** The tests of a file that failed. */
export const failedTests = (module: TestModule) => [...module.children.allTests('failed')];

function countedIn(modules: readonly TestModule[]): Totals {
  const counted = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  for (const module of modules) for (const test of module.children.allTests()) counted[test.result().state]++;
  return { passed: counted.passed, failed: counted.failed, skipped: counted.skipped + counted.pending };
}
