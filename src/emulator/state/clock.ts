/** A span of time in any of these units, which add up; negative goes back. */
export interface Span {
  readonly milliseconds?: number | undefined;
  readonly seconds?: number | undefined;
  readonly minutes?: number | undefined;
  readonly hours?: number | undefined;
  readonly days?: number | undefined;
}

/** The emulator's own clock, which goes on from wherever it was set to. The clocks of others it does not move. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @throws RangeError for what is no span, or leads out of the years 1970 to 9999 */
  advance(span: Span): void;
  /** Sets the time: a Date, an ISO text or milliseconds since 1970. @throws RangeError for anything else */
  set(time: Date | string | number): void;
  /** Back to the time of this machine. */
  clear(): void;
}

const UNITS_MS = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
} as const;
const LAST_MS = Date.UTC(10_000, 0) - 1;

/** Creates a clock over another one, and at first the same. */
export function createClock(base: () => number): Clock {
  let offsetMs = 0;
  const moveTo = (timeMs: number): void => {
    if (!(timeMs >= 0 && timeMs <= LAST_MS))
      throw new RangeError('the clock goes from 1970 to 9999: give it a Date, an ISO text or milliseconds');
    offsetMs = Math.round(timeMs) - base();
  };
  return {
    now: () => base() + offsetMs,
    advance: (span) => moveTo(base() + offsetMs + lengthOf(span)),
    set: (time) => moveTo(new Date(time).getTime()),
    clear() {
      offsetMs = 0;
    },
  };
}

/** A span in milliseconds. @throws RangeError for what is none */
function lengthOf(span: Span): number {
  const given = Object.entries(span).filter(([, length]) => length !== undefined);
  const units = new Map<string, number>(Object.entries(UNITS_MS));
  const length = given.reduce((sum, [name, count]) => sum + count * (units.get(name) ?? Number.NaN), 0);
  if (given.length > 0 && Number.isFinite(length)) return length;
  throw new RangeError(`a span is so many ${[...units.keys()].join(', ')}, for example { "minutes": 61 }`);
}
