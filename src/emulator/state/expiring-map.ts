/** A map that forgets: every entry lives for the same time, and the oldest go when there are too many. */
export interface ExpiringMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
  readonly size: number;
  /** What is remembered, each with the time when it ends (ms): what {@link ExpiringMap.restore} takes. */
  entries(): readonly RememberedEntry<Value>[];
  restore(entries: readonly RememberedEntry<Value>[]): void;
}

/** A key, its value, and when it ends. */
type RememberedEntry<Value> = readonly [key: string, value: Value, expiresAtMs: number];

/** How long and how much an {@link ExpiringMap} remembers; `now` is the clock in milliseconds. */
interface ExpiringMapOptions {
  readonly lifetimeMs: number;
  readonly maxEntries: number;
  readonly now: () => number;
  /** Called after each change. */
  readonly changed?: (() => void) | undefined;
}

interface Entry<Value> {
  readonly value: Value;
  readonly expiresAtMs: number;
}

/** Creates an empty {@link ExpiringMap}; setting a key again starts its time again. */
export function createExpiringMap<Value>(options: ExpiringMapOptions): ExpiringMap<Value> {
  const entries = new Map<string, Entry<Value>>();
  const isOver = (entry: Entry<Value>): boolean => entry.expiresAtMs <= options.now();
  const forgetOldest = (): void => {
    for (const [key, entry] of entries) {
      if (!isOver(entry) && entries.size <= options.maxEntries) return;
      entries.delete(key);
    }
  };
  return {
    get(key) {
      const entry = entries.get(key);
      return entry === undefined || isOver(entry) ? undefined : entry.value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, expiresAtMs: options.now() + options.lifetimeMs });
      forgetOldest();
      options.changed?.();
    },
    delete: (key) => void entries.delete(key),
    clear() {
      entries.clear();
      options.changed?.();
    },
    get size() {
      forgetOldest();
      return entries.size;
    },
    entries: () => [...entries].map(([key, { value, expiresAtMs }]) => [key, value, expiresAtMs]),
    restore(given) {
      for (const [key, value, expiresAtMs] of given) entries.set(key, { value, expiresAtMs });
      forgetOldest();
    },
  };
}
