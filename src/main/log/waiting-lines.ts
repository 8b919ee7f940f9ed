/** Several lines that are written together. */
export interface Batch {
  bytes: Buffer;
  /** Where each line ends. */
  ends: readonly number[];
}

/** One write's worth: as much as a pipe holds. */
const MAX_BATCH_BYTES = 65_536;

/** Lines that wait to be written, bounded in bytes. */
export function createWaitingLines(maxBytes: number) {
  let lines: Buffer[] = [];
  let bytes = 0;
  return {
    /** @returns false where there is no room for it */
    add(line: string): boolean {
      const added = Buffer.from(line);
      if (bytes + added.length > maxBytes) return false;
      lines.push(added);
      bytes += added.length;
      return true;
    },
    get bytes(): number {
      return bytes;
    },
    /** Takes the oldest ones out, as one batch; undefined where there is none. */
    take(): Batch | undefined {
      const count = countWithin(lines, MAX_BATCH_BYTES);
      if (count === 0) return undefined;
      const batch = batchOf(lines.slice(0, count));
      lines = lines.slice(count);
      bytes -= batch.bytes.length;
      return batch;
    },
  };
}

/** How many of the first lines fit; one that is longer goes alone. */
function countWithin(lines: readonly Buffer[], maxBytes: number): number {
  let bytes = 0;
  const tooMany = lines.findIndex((line) => {
    bytes += line.length;
    return bytes > maxBytes;
  });
  if (tooMany === -1) return lines.length;
  return Math.max(tooMany, 1);
}

function batchOf(lines: readonly Buffer[]): Batch {
  let end = 0;
  const ends = lines.map((line) => {
    end += line.length;
    return end;
  });
  return { bytes: Buffer.concat(lines), ends };
}
