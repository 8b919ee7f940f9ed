/** The environment variable that names the file for what tests cost; without it, nothing is noted. */
export const COSTS_FILE = 'TEST_COSTS_FILE';

/** What a test cost, with everything that it started. */
export interface Cost {
  file: string;
  test: string;
  cpuMs: number;
  ms: number;
}

/** What tests, or other things of one name, cost together. */
export interface Sum {
  name: string;
  cpuMs: number;
  /** By the clock, without the processors' time. */
  waitMs: number;
}

/** The sums of costs by name, the dearest first. */
export function sumsOf(costs: readonly Cost[], nameOf: (cost: Cost) => string): Sum[] {
  const sums = new Map<string, Sum>();
  for (const cost of costs) {
    const name = nameOf(cost);
    const sum = sums.get(name) ?? { name, cpuMs: 0, waitMs: 0 };
    sum.cpuMs += cost.cpuMs;
    sum.waitMs += Math.max(0, cost.ms - cost.cpuMs);
    sums.set(name, sum);
  }
  return [...sums.values()].sort((one, other) => other.cpuMs + other.waitMs - one.cpuMs - one.waitMs);
}
