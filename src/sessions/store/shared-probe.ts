const PAUSE_MS = 1_000;

/** The same outcome for everybody who asks within a second: many may look whether a store can be written. */
export function sharedProbe(probe: () => Promise<void>): () => Promise<void> {
  let outcome = Promise.resolve();
  let beganAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - beganAtMs >= PAUSE_MS) {
      beganAtMs = performance.now();
      outcome = probe();
    }
    return outcome;
  };
}
