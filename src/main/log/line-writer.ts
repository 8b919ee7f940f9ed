import { write as writeBytes, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createSoonest } from './soonest.ts';
import { type Batch, createWaitingLines } from './waiting-lines.ts';

/** Writes lines to a descriptor, several at a time. Handing one over never waits. */
export interface LineWriter {
  /** Takes a line with its line feed, to be written soon. */
  write(line: string): void;
  /** Writes what is waiting as soon as there is time. */
  hurry(): void;
  /** Writes what is waiting, for so long at the most; the rest is lost. */
  end(deadlineMs: number): Promise<void>;
  /** Writes what can be written at once, for a process that exits without `end`. */
  endNow(): void;
  /** Whether the system does not come back from a write: such a process cannot exit, only be killed. */
  isStuck(): boolean;
}

interface LineWriterSettings {
  /** On which writes should not wait: see `descriptorOf`. */
  descriptor: number;
  /** Bytes that may wait. */
  maxWaitingBytes: number;
  /** Lines were given up: with the system's code, or EAGAIN where nobody reads them fast enough. */
  onLost(lines: number, code: string): void;
  /** Lines were written. */
  onWritten(): void;
}

/** A batch on its way. */
interface UnderWay extends Batch {
  /** So much of it is written. */
  offset: number;
  /** Since when the system is at it; undefined between two attempts. */
  askedAtMs?: number;
}

/** Each write costs as much as a small page, so lines wait for company: until there are so many, or for so long. */
const ENOUGH_BYTES = 4_096;
const LINGER_MS = 250;
/** A reader who is behind is tried again after so long. */
const RETRY_MS = 20;
const LOOK_AGAIN_MS = 5;
/** Longer than a disk takes. */
const STUCK_MS = 500;
const LINE_FEED = 0x0a;
const FOR_LATER = ['EAGAIN', 'EWOULDBLOCK', 'EINTR'];

/** A writer for one descriptor, whose only one it has to be. */
export function createLineWriter(settings: LineWriterSettings): LineWriter {
  const { descriptor, maxWaitingBytes, onLost } = settings;
  const waiting = createWaitingLines(maxWaitingBytes);
  const place = createPlace(settings);
  const current = () => {
    place.underWay ??= begun(waiting.take(), place.isLineOpen);
    return place.underWay;
  };
  let isDue = false;
  const flush = () => {
    isDue = place.underWay?.askedAtMs !== undefined;
    if (isDue) return;
    const batch = current();
    if (batch === undefined) return;
    batch.askedAtMs = performance.now();
    writeBytes(descriptor, batch.bytes, batch.offset, settled);
  };
  const soonest = createSoonest(flush);
  const settled = (error: NodeJS.ErrnoException | null, written: number) => {
    place.settle(error, written);
    if (error !== null) soonest.in(isForLater(error) ? RETRY_MS : LINGER_MS);
    else if (isDue || place.underWay !== undefined || waiting.bytes >= ENOUGH_BYTES) flush();
  };
  const hasMore = () => place.underWay !== undefined || waiting.bytes > 0;

  return {
    write(line) {
      if (!waiting.add(line)) onLost(1, 'EAGAIN');
      soonest.in(waiting.bytes >= ENOUGH_BYTES ? 0 : LINGER_MS);
    },
    hurry: () => soonest.in(0),
    async end(deadlineMs) {
      const endMs = performance.now() + deadlineMs;
      while (hasMore() && performance.now() < endMs) {
        flush();
        await pause(LOOK_AGAIN_MS);
      }
      for (let batch = current(); batch !== undefined; batch = current()) place.giveUp(batch, 'EAGAIN');
    },
    endNow() {
      if (place.underWay?.askedAtMs !== undefined) return;
      for (let batch = current(); batch !== undefined; batch = current()) {
        if (!writtenNow(descriptor, batch, place)) return;
      }
    },
    isStuck: () => performance.now() - (place.underWay?.askedAtMs ?? Number.POSITIVE_INFINITY) > STUCK_MS,
  };
}

/** How far the writing is. */
interface Place {
  underWay: UnderWay | undefined;
  /** The last line that was written broke off. */
  isLineOpen: boolean;
  settle(error: NodeJS.ErrnoException | null, written: number): void;
  giveUp(batch: UnderWay, code: string): void;
}

function createPlace({ onLost, onWritten }: Pick<LineWriterSettings, 'onLost' | 'onWritten'>): Place {
  const place: Place = {
    underWay: undefined,
    isLineOpen: false,
    settle(error, written) {
      const batch = place.underWay;
      if (batch === undefined) return;
      delete batch.askedAtMs;
      if (error === null) advance(batch, written);
      else if (!isForLater(error)) place.giveUp(batch, error.code ?? 'unknown');
    },
    giveUp(batch, code) {
      place.underWay = undefined;
      onLost(batch.ends.filter((end) => end > batch.offset).length, code);
    },
  };
  const advance = (batch: UnderWay, written: number) => {
    batch.offset += written;
    if (written > 0) place.isLineOpen = batch.bytes[batch.offset - 1] !== LINE_FEED;
    if (batch.offset < batch.bytes.length) return;
    place.underWay = undefined;
    onWritten();
  };
  return place;
}

/** A line that broke off is ended first, so that the next one stands for itself. */
function begun(batch: Batch | undefined, isLineOpen: boolean): UnderWay | undefined {
  if (batch === undefined || !isLineOpen) return batch && { ...batch, offset: 0 };
  const bytes = Buffer.concat([Buffer.of(LINE_FEED), batch.bytes]);
  return { bytes, ends: batch.ends.map((end) => end + 1), offset: 0 };
}

function isForLater({ code = '' }: NodeJS.ErrnoException): boolean {
  return FOR_LATER.includes(code);
}

/** @returns whether all of it is written */
function writtenNow(descriptor: number, batch: UnderWay, place: Place): boolean {
  try {
    while (place.underWay === batch) place.settle(null, writeSync(descriptor, batch.bytes, batch.offset));
    return true;
  } catch {
    return false;
  }
}
