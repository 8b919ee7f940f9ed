/** What changed in a directory, in order: what delta queries ask for. */
export interface Changes {
  /** The number of the change that comes next. */
  readonly next: number;
  note(kind: 'user' | 'group', id: string): void;
  /** Ids of what changed since then, each once; undefined where that is too long ago to know. */
  since(kind: 'user' | 'group', next: number): readonly string[] | undefined;
}

/** Older changes are forgotten. */
const MAX_CHANGES = 10_000;

/** Creates an empty list of changes. */
export function createChanges(): Changes {
  let kept: { readonly kind: 'user' | 'group'; readonly id: string }[] = [];
  let forgotten = 0;
  return {
    get next() {
      return forgotten + kept.length;
    },
    note(kind, id) {
      kept.push({ kind, id });
      if (kept.length <= 2 * MAX_CHANGES) return;
      forgotten += kept.length - MAX_CHANGES;
      kept = kept.slice(-MAX_CHANGES);
    },
    since(kind, next) {
      if (next < forgotten) return undefined;
      const later = kept.slice(next - forgotten).filter((one) => one.kind === kind);
      return [...new Set(later.map((one) => one.id))];
    },
  };
}
