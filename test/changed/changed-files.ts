import { spawnSync } from 'node:child_process';

const MAIN_BRANCHES = ['origin/HEAD', 'origin/main', 'main'];

/**
 * What differs from where this branch left the main one, with what is not committed yet; on the main branch itself, what
 * is not committed, and where that is nothing the last commit.
 */
export function changedFiles(since: string | undefined): string[] {
  const untracked = linesOf(['ls-files', '--others', '--exclude-standard']);
  const differing = (from: string) => linesOf(['diff', '--name-only', '--diff-filter=d', from]);
  if (since !== undefined) return [...differing(since), ...untracked];
  const here = linesOf(['rev-parse', 'HEAD'])[0];
  const base = MAIN_BRANCHES.flatMap((branch) => linesOf(['merge-base', 'HEAD', branch]))[0] ?? 'HEAD';
  const found = [...differing(base), ...untracked];
  return found.length > 0 || base !== here ? found : differing('HEAD~1');
}

/** What git prints; nothing where it cannot. */
function linesOf(words: readonly string[]): string[] {
  const { stdout } = spawnSync('git', words, { encoding: 'utf8' });
  return (stdout ?? '').split('\n').filter(Boolean);
}
