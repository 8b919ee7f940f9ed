import { randomUUID } from 'node:crypto';
import { ConfigurationError } from '../errors.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type DaemonArguments, parseArguments } from './arguments/index.ts';
import { errorLine, exitStatusOf } from './ending/index.ts';
import { queryOf, writeListing } from './listing/index.ts';
import { createMessages, type Messages, type Streams } from './messages/index.ts';
import { type Bookmark, ClosedPipe, type Output, openOutput } from './output/index.ts';
import { type EmulatorRun, openSource, type Source } from './parameters/index.ts';
import { type MakeSealer, openAppTokens } from './tokens/index.ts';

/** What the program has of its process. */
interface Surroundings extends Streams {
  environment: NodeJS.ProcessEnv;
  version: string;
  /** File mode creation mask that the program was started with. */
  umask: number;
  startEmulator(): Promise<EmulatorRun>;
  createSealer: MakeSealer;
  /** Registers what a signal does, before anything is opened: it ends the run at once. */
  onInterrupt(end: () => ExitStatus): void;
}

/** What a run has opened so far, for whatever ends it. */
interface Run extends Surroundings {
  given: DaemonArguments;
  messages: Messages;
  correlationId: string;
  source?: Source;
  output?: Output;
}

/** Runs the program. @returns the exit status */
export async function runDaemon(given: readonly string[], around: Surroundings): Promise<number> {
  const parsed = parseArguments(given, around);
  return typeof parsed === 'number' ? parsed : runToEnd(parsed, around);
}

async function runToEnd(given: DaemonArguments, around: Surroundings): Promise<ExitStatus> {
  const run: Run = {
    ...around,
    given,
    messages: createMessages(given, around),
    correlationId: randomUUID(),
  };
  around.onInterrupt(() => endInterrupted(run));
  try {
    await start(run);
    return EXIT.done;
  } catch (error) {
    return endFailed(run, error);
  } finally {
    run.messages.progress.clear();
    await run.source?.close();
  }
}

async function start(run: Run): Promise<void> {
  const { given, messages, correlationId, stdout } = run;
  const source = await openSource(given, run);
  run.source = source;
  if (given.adminConsentUrl) {
    stdout.write(`${source.consentUrl()}\n`);
    return;
  }
  const tokens = openAppTokens(source, run);
  const query = queryOf(source, given);
  messages.step(
    `Reading ${source.parameters.endpoint.origin}${query.path} with correlation id ${correlationId}.`,
  );
  const opened = await openOutput(source, query.path, run);
  run.output = opened.output;
  if (opened.from !== undefined) messages.note(goingOn(opened.from));
  const report = await writeListing({ ...run, source, query, tokens }, opened);
  if (report.hasMore) messages.note('There are more users: --all lists them.');
  messages.step(`Done: ${report.users} users.`);
}

function goingOn({ state, savedAt }: Bookmark): string {
  return `Going on after ${state.rows} users. They were read until ${savedAt.toISOString()}.`;
}

function endFailed(run: Run, error: unknown): ExitStatus {
  const { messages, given, correlationId } = run;
  const left = run.output?.abandon();
  if (error instanceof ClosedPipe) return EXIT.done;
  const status = exitStatusOf(error);
  const maxWaitMs = given.maxWait * 1_000;
  const around = { correlationId, time: new Date(), maxWaitMs, secrets: secretsOf(run) };
  if (error instanceof ConfigurationError) for (const problem of error.problems) messages.error(problem);
  else messages.error(errorLine(error, around));
  if (status === EXIT.forbidden && run.source !== undefined) {
    messages.error(
      'The app needs User.Read.All as an application permission, and an administrator of the tenant has to consent to it:',
    );
    messages.error(run.source.consentUrl());
  }
  if (left !== undefined) messages.error(`${left}.`);
  return status;
}

/** What this run knows and nobody may read. */
function secretsOf({ source, environment }: Run): string[] {
  const { CLIENT_SECRET, CLIENT_PRIVATE_KEY_PASSPHRASE, TOKEN_CACHE_SECRET } = environment;
  const credential = source?.parameters.credential;
  const inFile = credential?.kind === 'secret' ? credential.secret : undefined;
  const known = [inFile, CLIENT_SECRET, CLIENT_PRIVATE_KEY_PASSPHRASE, TOKEN_CACHE_SECRET];
  return known.filter((secret) => secret !== undefined);
}

/** The exit leaves no time for anything that is not done here. */
function endInterrupted({ messages, output }: Run): ExitStatus {
  messages.error(`Interrupted: ${output?.abandon() ?? 'nothing was written'}.`);
  return EXIT.interrupted;
}
