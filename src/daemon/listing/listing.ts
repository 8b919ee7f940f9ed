import { setTimeout as wait } from 'node:timers/promises';
import { type AppError, ConfigurationError } from '../../errors.ts';
import type { GraphCall } from '../../graph/index.ts';
import {
  createGraphCall,
  listHeaders,
  listPath,
  type RowPage,
  readNextLink,
  readPages,
} from '../../graph/index.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import { withConsent } from '../consent/index.ts';
import { createFormat } from '../formats/index.ts';
import type { Messages } from '../messages/index.ts';
import type { ResumableOutput } from '../output/index.ts';
import type { Source } from '../parameters/index.ts';
import type { AppTokens } from '../tokens/index.ts';
import { createPatience, type Patience } from './patience.ts';
import { type Report, writeReport } from './report.ts';

export interface Listing {
  given: DaemonArguments;
  source: Source;
  tokens: AppTokens;
  messages: Messages;
  correlationId: string;
  environment: NodeJS.ProcessEnv;
  stdout: NodeJS.WriteStream;
}

/** As many as Graph gives on one page, where all are wanted anyway. */
const LARGEST_PAGE = 999;
/** Width of a table that is not read on a terminal. */
const USUAL_WIDTH = 80;

/** Where the list begins: the endpoint's path with what the command line asks for. */
export function firstPath({ parameters }: Source, given: DaemonArguments): string {
  const { path } = parameters.endpoint;
  const top = given.top ?? (given.all && !path.includes('$top=') ? LARGEST_PAGE : undefined);
  return listPath(path, { ...given, top });
}

/** Reads the list and writes it. */
export async function writeListing(listing: Listing, { output, from }: ResumableOutput): Promise<Report> {
  const { given, tokens, messages } = listing;
  await createListingPatience(listing)(() => tokens.token());
  messages.step(
    tokens.isFromEarlierRun() ? 'The access token is from the cache.' : 'There is a new access token.',
  );
  const call = createPatientCall(listing);
  let users = 0;
  const attempt = () =>
    writeReport({
      pages: pagesOf(listing, call, from),
      format: createFormat(given.format, { columns: given.select, width: widthOf(listing) }, from?.state),
      output,
      all: given.all,
      onPage(count) {
        users = count;
        messages.progress.users(count);
        messages.step(`${count} users written.`);
      },
    });
  return withConsent({ ...listing, hasWritten: () => users > 0 }, attempt);
}

function createListingPatience({ given, messages }: Listing): Patience {
  return createPatience({
    maxWaitMs: given.maxWait * 1_000,
    wait: (ms) => wait(ms),
    random: Math.random,
    onWait(waitMs: number, reason: AppError) {
      messages.progress.waiting(waitMs);
      messages.step(`Waiting ${(waitMs / 1_000).toFixed(1)} s: ${reason.message}`);
    },
  });
}

/** The waiting is done here and not in the call, which has one deadline over everything it does. */
function createPatientCall(listing: Listing): GraphCall {
  const { given, source, messages } = listing;
  const patience = createListingPatience(listing);
  const call = createGraphCall({
    endpoint: source.parameters.endpoint.origin,
    timeoutMs: given.timeout * 1_000,
    maxWaitMs: 0,
    onCall: ({ status, durationMs }) =>
      messages.step(`Microsoft Graph answered ${status || 'nothing'} in ${Math.round(durationMs)} ms.`),
  });
  return (token, request) => patience(() => call(token, request));
}

function pagesOf(
  { given, source, tokens, correlationId }: Listing,
  call: GraphCall,
  from: ResumableOutput['from'],
): AsyncIterable<RowPage> {
  const { origin } = source.parameters.endpoint;
  const first = firstPath(source, given);
  const path =
    from === undefined ? first : resumedPath(from.nextPath, origin, new URL(first, origin).pathname);
  if (path === undefined) return noPages();
  return readPages(call, origin, tokens.token, { path, headers: listHeaders(given), correlationId });
}

/** A bookmark is a file like any other: its link is judged as one that Graph sent. */
function resumedPath(nextPath: string | undefined, origin: string, pathname: string): string | undefined {
  if (nextPath === undefined) return undefined;
  const url = readNextLink(`${origin}${nextPath}`, origin, pathname);
  if (url !== undefined) return `${url.pathname}${url.search}`;
  throw new ConfigurationError(['--resume: the bookmark leads elsewhere: remove it to start anew']);
}

async function* noPages(): AsyncGenerator<RowPage> {}

function widthOf({ given, environment, stdout }: Listing): number {
  const fromShell = Number(environment.COLUMNS);
  if (given.output === undefined && stdout.isTTY) return stdout.columns;
  return Number.isInteger(fromShell) && fromShell >= 20 ? fromShell : USUAL_WIDTH;
}
