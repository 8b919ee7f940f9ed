/** Runs work of the same key a few at a time; what finds too many waiting before it is not run at all. */
export interface Turns {
  take<Result>(key: string, work: () => Promise<Result>): Promise<Result | undefined>;
}

interface Line {
  running: number;
  waiting: (() => void)[];
}

/**
 * @param atOnce how much of one key runs at the same time
 * @param maxWaiting how much of one key waits
 */
export function createTurns(atOnce: number, maxWaiting: number): Turns {
  const lines = new Map<string, Line>();
  const leave = (key: string, line: Line) => {
    const next = line.waiting.shift();
    if (next !== undefined) next();
    else line.running -= 1;
    if (line.running === 0) lines.delete(key);
  };
  return {
    async take(key, work) {
      const line = lines.get(key) ?? { running: 0, waiting: [] };
      if (line.waiting.length >= maxWaiting) return undefined;
      lines.set(key, line);
      if (line.running < atOnce) line.running += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      try {
        return await work();
      } finally {
        leave(key, line);
      }
    },
  };
}
