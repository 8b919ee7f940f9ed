import { config as loadEnvironmentFile } from 'dotenv';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { type Config, readConfig } from '../config/index.ts';
import { ConfigurationError } from '../errors.ts';
import { prepareDataFolder } from './data-folder.ts';
import { type Listening, listen } from './listen.ts';
import type { Metrics } from './metrics.ts';
import { openRecords } from './records.ts';
import { startWebEmulator, type WebEmulator } from './web-emulator.ts';

/** Exit status for wrong settings. */
const WRONG_CONFIGURATION = 2;
/** Requests under way get so long to end after SIGTERM. */
const GRACE_MS = 8_000;
const WARM_UP_AFTER_MS = 250;
/** Most ends are sooner than anybody asks. */
const SILENT_MS = 500;

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

/** Lines that are not for a person who watches are written several at a time: each write costs as much as a small page. */
const LOG_BUFFER = { minLength: 4_096, periodicFlush: 250 } as const;

await start().catch((error: unknown) => {
  if (error instanceof ConfigurationError) {
    for (const problem of error.problems) process.stderr.write(`${problem}\n`);
    process.exit(WRONG_CONFIGURATION);
  }
  process.stderr.write(
    `The app could not start: ${error instanceof Error ? error.message : 'unknown error'}\n`,
  );
  process.exit(1);
});

async function start(): Promise<void> {
  const given = readConfig(readEnvironment());
  if (given.usesEmulator || given.redisUrl === undefined) prepareDataFolder(given.dataDir);
  // Loaded only now: wrong settings are said in a third of the time that the app's libraries take.
  const { buildWebApp } = await import('./web-app.ts');
  const logger = await createLogger(given);
  const emulator = given.usesEmulator ? await startWebEmulator(given) : undefined;
  const config = emulator?.config ?? given;
  const metrics = config.metricsPort === undefined ? undefined : await openMetrics();
  const opened = await openRecords(config, (message) => logger.warn(message));
  const records = metrics?.timed(opened) ?? opened;
  const ending = new AbortController();
  const { app, warmUp } = buildWebApp(config, {
    records,
    logger,
    now: Date.now,
    ending: ending.signal,
    ...(emulator === undefined ? {} : { notice: 'emulator' as const }),
    ...(metrics === undefined ? {} : { metrics }),
  });
  const listening = await listen(app, config.host, config.port);
  const figures = config.metricsPort === undefined ? undefined : await metrics?.listen(config.metricsPort);
  warmUpSoon(warmUp);
  announce(config, emulator);
  onStopSignal(async () => {
    ending.abort();
    await stop(listening, emulator);
    await figures?.close();
    await records.close();
  });
}

function readEnvironment(): NodeJS.ProcessEnv {
  const { error } = loadEnvironmentFile({ quiet: true });
  if (error !== undefined && (error as NodeJS.ErrnoException).code !== 'ENOENT') {
    throw new ConfigurationError(['.env is there but cannot be read']);
  }
  return process.env;
}

/** Code that only some settings need is loaded only with them, which halves the time of a start. */
async function createLogger({ logLevel }: Config): Promise<Logger> {
  if (process.stdout.isTTY) {
    const { linesForTerminal } = await import('./log/terminal-lines.ts');
    const readable = linesForTerminal();
    return pino({ level: logLevel }, { write: (line) => process.stdout.write(readable(line)) });
  }
  const stdout = pino.destination({ dest: 1, sync: true, ...LOG_BUFFER });
  process.on('exit', () => stdout.flushSync());
  return pino({ level: logLevel, hooks: { logMethod: atOnceFrom(pino.levels.values.warn, stdout) } }, stdout);
}

/** What somebody should know of does not wait in the buffer. */
function atOnceFrom(lowest: number | undefined, stdout: { flushSync(): void }): LogMethod {
  return function write(given, method, level) {
    method.apply(this, given);
    if (level >= (lowest ?? 0)) stdout.flushSync();
  };
}

/** Whoever waits for the app to start is answered first. */
function warmUpSoon(warmUp: () => Promise<void>): void {
  setTimeout(warmUp, WARM_UP_AFTER_MS).unref();
}

async function openMetrics(): Promise<Metrics> {
  const { createMetrics } = await import('./metrics.ts');
  return createMetrics();
}

function announce(config: Config, emulator: WebEmulator | undefined): void {
  const lines =
    emulator === undefined
      ? [`The web app is at ${config.baseUrl} and signs people in with ${config.authority}.`]
      : [
          `The web app is at ${config.baseUrl}.`,
          `A local emulator, not Microsoft, is at ${emulator.baseUrl}: sign in as ${emulator.usernames[0]} or another of its people, without a password.`,
          'To use a real tenant, copy .env.example to .env and fill in CLIENT_ID and what stands with it (see the README).',
        ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

async function stop(listening: Listening, emulator: WebEmulator | undefined): Promise<void> {
  await listening.close(GRACE_MS);
  await emulator?.close();
}

function sayWhatIsWaitedFor(): void {
  const seconds = GRACE_MS / 1_000;
  process.stderr.write(
    `Requests under way are being finished, for ${seconds} seconds at the most. Another signal (Ctrl-C) ends at once.\n`,
  );
}

/** Ends in order at the first signal and at once at the second. */
function onStopSignal(end: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(sayWhatIsWaitedFor, SILENT_MS).unref();
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
