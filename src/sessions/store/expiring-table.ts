/** A bounded map whose entries end at a time of their own. Nothing runs between calls: each write clears a little. */
export interface ExpiringTable<Value> {
  get(key: string): Value | undefined;
  /** Writes an entry. A full table first drops the entry that would expire soonest. */
  set(key: string, value: Value, expiresAtMs: number): void;
  /** Lets an entry live longer; an earlier time than the one kept is ignored, and an expired entry stays expired. */
  extend(key: string, expiresAtMs: number): void;
  delete(key: string): void;
  size(): number;
}

interface TableBounds<Value> {
  now: () => number;
  maxEntries: number;
  /** Told of each entry that expired, was overwritten or had to make room. */
  onDropped?: (key: string, value: Value) => void;
}

interface Entry<Value> {
  value: Value;
  expiresAtMs: number;
  /** The time under which the entry stands in the heap: the entry's own, or an earlier one where it was extended. */
  queuedAtMs: number;
}

interface Place {
  key: string;
  atMs: number;
}

/** Expired entries that one write clears at most, so that no write pauses for long. */
const CLEARED_PER_WRITE = 8;

export function createExpiringTable<Value>({
  now,
  maxEntries,
  onDropped,
}: TableBounds<Value>): ExpiringTable<Value> {
  const entries = new Map<string, Entry<Value>>();
  let heap: Place[] = [];

  function enqueue(key: string, entry: Entry<Value>): void {
    entry.queuedAtMs = entry.expiresAtMs;
    push(heap, { key, atMs: entry.expiresAtMs });
  }

  /** Takes the key that expires soonest out of the heap, if that is by `byMs`; passes by what was deleted since. */
  function takeDue(byMs: number): string | undefined {
    while ((heap[0]?.atMs ?? Number.POSITIVE_INFINITY) <= byMs) {
      const place = pop(heap);
      const entry = place && entries.get(place.key);
      if (entry === undefined || entry.queuedAtMs !== place?.atMs) continue;
      if (entry.expiresAtMs === place.atMs) return place.key;
      enqueue(place.key, entry); // it was extended since
    }
    return undefined;
  }

  function drop(key: string | undefined): void {
    const entry = key === undefined ? undefined : entries.get(key);
    if (key === undefined || entry === undefined) return;
    entries.delete(key);
    onDropped?.(key, entry.value);
  }

  function clearExpired(): void {
    const time = now();
    for (let cleared = 0; cleared < CLEARED_PER_WRITE; cleared += 1) drop(takeDue(time));
  }

  /** Deleted entries leave places behind; a heap of mostly such places is rebuilt. */
  function compact(): void {
    if (heap.length <= 2 * entries.size + 64) return;
    heap = [];
    for (const [key, entry] of entries) enqueue(key, entry);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.expiresAtMs > now() ? entry.value : undefined;
    },
    set(key, value, expiresAtMs) {
      clearExpired();
      compact();
      drop(key);
      if (entries.size >= maxEntries) drop(takeDue(Number.MAX_VALUE));
      const entry = { value, expiresAtMs, queuedAtMs: expiresAtMs };
      entries.set(key, entry);
      enqueue(key, entry);
    },
    extend(key, expiresAtMs) {
      const entry = entries.get(key);
      if (entry === undefined || entry.expiresAtMs <= now()) return;
      entry.expiresAtMs = Math.max(entry.expiresAtMs, expiresAtMs);
    },
    delete: (key) => void entries.delete(key),
    size: () => entries.size,
  };
}

function push(heap: Place[], place: Place): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.atMs <= place.atMs) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = place;
}

function pop(heap: Place[]): Place | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const child = smallerChild(heap, at);
    const below = heap[child];
    if (below === undefined || below.atMs >= last.atMs) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
  return first;
}

function smallerChild(heap: readonly Place[], at: number): number {
  const left = 2 * at + 1;
  const leftAtMs = heap[left]?.atMs ?? Number.POSITIVE_INFINITY;
  const rightAtMs = heap[left + 1]?.atMs ?? Number.POSITIVE_INFINITY;
  return rightAtMs < leftAtMs ? left + 1 : left;
}
