import { isatty } from 'node:tty';
import { type Logger, pino, symbols } from 'pino';
import { descriptorOf, type Say, STANDARD_OUTPUT } from '../streams/index.ts';
import { createLineWriter, type LineWriter } from './line-writer.ts';
import { createLostLines } from './lost-lines.ts';

/** The app's log on standard output. Nothing that is logged makes anybody wait. */
export interface Log extends Pick<LineWriter, 'isStuck'> {
  logger: Logger;
  /** Lines that could not be written, since the start. */
  lost(): number;
  /** Writes what is waiting, for so long at the most. */
  end(deadlineMs: number): Promise<void>;
}

/** Some five thousand lines. */
const MAX_WAITING_BYTES = 1_048_576;

/** Lines of this level on do not wait for company; those of a visitor's 4xx are lower. */
const AT_ONCE = pino.levels.values.error ?? 0;

/** JSON lines; on a terminal, lines for a person. @param level one of pino's */
export async function openLog(level: string, say: Say): Promise<Log> {
  const isWatched = isatty(STANDARD_OUTPUT);
  const lostLines = createLostLines(say, (dropped) => logger.warn({ dropped }, 'log lines were dropped'));
  const writer = createLineWriter({
    descriptor: descriptorOf(STANDARD_OUTPUT),
    maxWaitingBytes: MAX_WAITING_BYTES,
    onLost: lostLines.lost,
    onWritten: lostLines.written,
  });
  const form = isWatched ? await formForTerminal() : (line: string) => line;
  const destination = {
    // pino then says the level of the line that it hands over
    [symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      writer.write(form(line));
      if (isWatched || destination.lastLevel >= AT_ONCE) writer.hurry();
    },
  };
  const logger = pino({ level }, destination);
  process.on('exit', writer.endNow);
  return {
    logger,
    lost: lostLines.total,
    isStuck: writer.isStuck,
    async end(deadlineMs) {
      await writer.end(deadlineMs);
      lostLines.end();
    },
  };
}

/** Code that only a terminal needs is loaded only for one. */
async function formForTerminal(): Promise<(line: string) => string> {
  const { linesForTerminal } = await import('./terminal-lines.ts');
  return linesForTerminal();
}
