import type { SignedInAccount } from '../../library/sign-in.ts';

type Person = Pick<SignedInAccount, 'kind' | 'tenantId'>;

/** How many people a directory had when one of its own people last looked at all of them, for its own people. */
export interface KnownTotals {
  learn(person: Person | undefined, total: number): void;
  /** Undefined where nobody looked yet. */
  of(person: Person | undefined): number | undefined;
}

const MOST_DIRECTORIES = 1_000;

/** Knows it for this process: to ask for it would cost every home page a call of Graph. */
export function createKnownTotals(): KnownTotals {
  const totals = new Map<string, number>();
  return {
    learn(person, total) {
      if (person?.kind !== 'work') return;
      if (totals.size >= MOST_DIRECTORIES) totals.clear();
      totals.set(person.tenantId, total);
    },
    of: (person) => (person?.kind === 'work' ? totals.get(person.tenantId) : undefined),
  };
}
