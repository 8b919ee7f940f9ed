import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { errorLine } from '../daemon/error-line.ts';
import { EXIT, type ExitStatus, exitStatusOf } from '../daemon/exit-status.ts';
import { ClosedPipe, type Output } from '../daemon/output.ts';
import { ConfigurationError } from '../errors.ts';
import { openAppTokens } from './daemon/app-tokens.ts';
import { type DaemonArguments, parseArguments } from './daemon/arguments.ts';
import { type Console, createConsole } from './daemon/console.ts';
import { firstPath, writeListing } from './daemon/listing.ts';
import { openOutput } from './daemon/opened-output.ts';
import { openSource, type Source } from './daemon/source.ts';

/** What a run has opened so far, for whatever ends it. */
interface Run {
  given: DaemonArguments;
  console: Console;
  correlationId: string;
  source?: Source;
  output?: Output;
}

// A list of any length passes through a few megabytes; without this the heap first grows and is cleared late.
setFlagsFromString('--optimize-for-size');

// A write that fails says so itself; what has no reader any more needs no stack.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const parsed = parseArguments(process.argv.slice(2));
process.exitCode = 'exitStatus' in parsed ? parsed.exitStatus : await runToEnd(parsed.arguments);

async function runToEnd(given: DaemonArguments): Promise<ExitStatus> {
  const run: Run = { given, console: createConsole(given), correlationId: randomUUID() };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => endInterrupted(run));
  try {
    await start(run);
    return EXIT.done;
  } catch (error) {
    return endFailed(run, error);
  } finally {
    run.console.progress.clear();
    await run.source?.close();
  }
}

async function start(run: Run): Promise<void> {
  const { given, console, correlationId } = run;
  const source = await openSource(given, console);
  run.source = source;
  if (given.adminConsentUrl) {
    process.stdout.write(`${source.consentUrl()}\n`);
    return;
  }
  const tokens = openAppTokens(source, given, console, correlationId);
  const path = firstPath(source, given);
  console.step(`Reading ${source.parameters.endpoint.origin}${path} with correlation id ${correlationId}.`);
  const opened = await openOutput(given, source, path);
  run.output = opened.output;
  if (opened.from !== undefined) console.note(`Going on after ${opened.from.state.rows} users.`);
  const report = await writeListing({ given, source, tokens, console, correlationId }, opened);
  if (report.hasMore) console.note('There are more users: --all lists them.');
  console.step(`Done: ${report.users} users.`);
}

function endFailed(run: Run, error: unknown): ExitStatus {
  const { console, given, correlationId } = run;
  const left = run.output?.abandon();
  if (error instanceof ClosedPipe) return EXIT.done;
  const status = exitStatusOf(error);
  if (error instanceof ConfigurationError) for (const problem of error.problems) console.error(problem);
  else console.error(errorLine(error, { correlationId, time: new Date(), maxWaitMs: given.maxWait * 1_000 }));
  if (status === EXIT.forbidden && run.source !== undefined) {
    console.error(
      'The app needs User.Read.All as an application permission, and an administrator of the tenant has to consent to it:',
    );
    console.error(run.source.consentUrl());
  }
  if (left !== undefined) console.error(`${left}.`);
  return status;
}

/** Ends at once; the exit leaves no time for anything that is not done here. */
function endInterrupted({ console, output }: Run): never {
  console.error(`Interrupted: ${output?.abandon() ?? 'nothing was written'}.`);
  process.exit(EXIT.interrupted);
}
