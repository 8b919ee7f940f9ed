import { prettyFactory } from 'pino-pretty';

/** Makes lines of the log readable for a person who watches. */
export function linesForTerminal(): (line: string) => string {
  return prettyFactory({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss' });
}
