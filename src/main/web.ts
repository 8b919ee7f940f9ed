import { type Config, readConfig, readEnvFile } from '../config/index.ts';
import { prepareDataFolder } from '../data-folder.ts';
import { ConfigurationError } from '../errors.ts';
import { proxyTo } from '../proxies.ts';
import { type Listening, listen } from './listen.ts';
import { type Log, openLog } from './log/index.ts';
import type { Metrics } from './metrics.ts';
import { openRecords } from './records.ts';
import { onStopSignal } from './stop-signals.ts';
import { createSayer, STANDARD_ERROR } from './streams/index.ts';
import { openTracesWhereWanted } from './traces-wanted.ts';
import { startWebEmulator, type WebEmulator } from './web-emulator.ts';

/** Exit status for wrong settings. */
const WRONG_CONFIGURATION = 2;
/** Requests under way get so long to end after SIGTERM. */
const GRACE_MS = 8_000;
/** And the last lines of the log so long to find a reader. */
const LAST_LINES_MS = 1_000;
/** Whatever happens, it has ended by then. */
const DEADLINE_MS = GRACE_MS + 3_000;
const WARM_UP_AFTER_MS = 250;
/** Most ends are sooner than anybody asks. */
const SILENT_MS = 500;

const say = createSayer(STANDARD_ERROR);

await start().catch((error: unknown) => {
  if (error instanceof ConfigurationError) {
    for (const problem of error.problems) say(problem);
    process.exit(WRONG_CONFIGURATION);
  }
  say(`The app could not start: ${error instanceof Error ? error.message : 'unknown error'}`);
  process.exit(1);
});

async function start(): Promise<void> {
  const given = readSettings();
  if (given.usesEmulator || given.redisUrl === undefined) prepareDataFolder(given.dataDir);
  const traces = await openTracesWhereWanted(process.env, say);
  // Loaded only now: wrong settings are said in a third of the time that the app's libraries take.
  const { buildWebApp } = await import('./web-app.ts');
  const log = await openLog(given.logLevel, say);
  const { logger } = log;
  const emulator = given.usesEmulator ? await startWebEmulator(given) : undefined;
  const config = emulator?.config ?? given;
  const metrics = config.metricsPort === undefined ? undefined : await openMetrics(log);
  const opened = await openRecords(config, (message) => logger.warn(message));
  const records = metrics?.timed(opened) ?? opened;
  const ending = new AbortController();
  const { app, gate, tellRest, warmUp } = buildWebApp(config, {
    records,
    logger,
    now: Date.now,
    ending: ending.signal,
    ...(emulator === undefined ? {} : { notice: 'emulator' as const }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(traces === undefined ? {} : { traces }),
  });
  const listening = await listen({ app, gate }, config.host, config.port);
  const figures =
    config.metricsPort === undefined
      ? undefined
      : await metrics?.listen(config.metricsHost, config.metricsPort);
  warmUpSoon(warmUp);
  announce(config, emulator);
  if (emulator === undefined) tellProxies(config, logger);
  onStopSignal({
    async inOrder() {
      ending.abort();
      setTimeout(sayWhatIsWaitedFor, SILENT_MS).unref();
      try {
        await stop(listening, emulator);
        await figures?.close();
        await traces?.close().catch(() => undefined);
        await records.close();
      } finally {
        tellRest();
        await log.end(LAST_LINES_MS);
      }
    },
    deadlineMs: DEADLINE_MS,
    exit: (status) => exit(log, status),
  });
}

/** A process with a write that does not come back would wait for it in vain, on its way out. */
function exit(log: Log, status: number): void {
  if (log.isStuck()) process.kill(process.pid, 'SIGKILL');
  else process.exit(status);
}

/** What `.env` sets is there for libraries too, such as the address of a proxy. */
function readSettings(): Config {
  const file = readEnvFile('.env');
  const config = readConfig(process.env, { file, onWarning: say });
  for (const [name, value] of Object.entries(file?.variables ?? {})) process.env[name] ??= value;
  return config;
}

/** People who wait for the app to start come first. */
function warmUpSoon(warmUp: () => Promise<void>): void {
  setTimeout(warmUp, WARM_UP_AFTER_MS).unref();
}

async function openMetrics(log: Log): Promise<Metrics> {
  const { createMetrics } = await import('./metrics.ts');
  return createMetrics({ lostLogLines: log.lost });
}

function announce(config: Config, emulator: WebEmulator | undefined): void {
  const lines =
    emulator === undefined
      ? [`The web app is at ${config.baseUrl} and signs people in with ${config.authority}.`]
      : [
          `The web app is at ${config.baseUrl}.`,
          `A local emulator, not Microsoft, is at ${emulator.baseUrl}: sign in as ${emulator.usernames[0]} or another of its people, without a password.`,
          'To use a real tenant, copy .env.example to .env and fill in CLIENT_ID and the settings that go with it (see the README).',
        ];
  say(lines.join('\n'));
}

/** Of a proxy nothing but host and port: its address may hold a password. */
function tellProxies({ authority, graphEndpoint }: Config, logger: Log['logger']): void {
  for (const url of [authority, graphEndpoint].map((each) => new URL(each))) {
    const proxy = proxyTo(url);
    if (proxy !== undefined) logger.info(`${url.host} is reached through the proxy ${proxy.host}.`);
  }
}

async function stop(listening: Listening, emulator: WebEmulator | undefined): Promise<void> {
  await listening.close(GRACE_MS);
  await emulator?.close();
}

function sayWhatIsWaitedFor(): void {
  const seconds = GRACE_MS / 1_000;
  say(
    `Requests under way are being finished, for ${seconds} seconds at the most. Another signal (Ctrl-C) ends at once.`,
  );
}
