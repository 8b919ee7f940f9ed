import { type ListQuery, listQuery, type RowPage, readPages } from '../../graph/index.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import { withConsent } from '../consent/index.ts';
import { ExpiredLink } from '../ending/index.ts';
import { createFormat } from '../formats/index.ts';
import type { Messages } from '../messages/index.ts';
import type { Bookmark, ResumableOutput } from '../output/index.ts';
import type { Source } from '../parameters/index.ts';
import type { AppTokens } from '../tokens/index.ts';
import { createListingPatience, createPatientCall } from './patient-call.ts';
import { type Report, writeReport } from './report.ts';

interface Listing {
  given: DaemonArguments;
  source: Source;
  query: ListQuery;
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

/** What is asked for: the endpoint's query with what the command line wants. */
export function queryOf({ parameters }: Source, given: DaemonArguments): ListQuery {
  return listQuery(parameters.endpoint.path, {
    ...given,
    topUnlessSaid: given.all ? LARGEST_PAGE : undefined,
  });
}

/** Reads the list and writes it. Where Graph has forgotten its link to the next page, it is started again, once. */
export async function writeListing(listing: Listing, opened: ResumableOutput): Promise<Report> {
  const { tokens, messages } = listing;
  await createListingPatience(listing)(() => tokens.token());
  messages.step(
    tokens.isFromEarlierRun() ? 'The access token is from the cache.' : 'There is a new access token.',
  );
  let users = 0;
  const write = createWriting(listing, opened, (count) => {
    users = count;
  });
  const attempt = () =>
    write(opened.from).catch(async (error: unknown) => {
      if (!(error instanceof ExpiredLink) || !(await opened.output.startAgain())) throw error;
      messages.note(`${error.message} Starting again from the beginning.`);
      return write(undefined);
    });
  return withConsent({ ...listing, hasWritten: () => users > 0 }, attempt);
}

function createWriting(
  listing: Listing,
  { output }: ResumableOutput,
  onUsers: (count: number) => void,
): (from: Bookmark | undefined) => Promise<Report> {
  const { given, query, messages } = listing;
  const readList = createReading(listing);
  const settings = { columns: query.select, ...screenOf(listing) };
  return (from) =>
    writeReport({
      pages: readList(from),
      format: createFormat(given.format, settings, from?.state),
      output,
      all: given.all,
      onPage(count) {
        onUsers(count);
        messages.progress.users(count);
        messages.step(`${count} users written.`);
      },
    });
}

function createReading(listing: Listing): (from: Bookmark | undefined) => AsyncIterable<RowPage> {
  const { query, source, tokens, correlationId } = listing;
  const { origin } = source.parameters.endpoint;
  const call = createPatientCall(listing, origin, query.path);
  return (from) => {
    if (from?.hasMore === false) return noPages();
    const path = from?.nextPath ?? query.path;
    return readPages(call, origin, tokens.token, { path, headers: query.headers, correlationId });
  };
}

async function* noPages(): AsyncGenerator<RowPage> {}

/** What the users are shown on. */
function screenOf({ given, environment, stdout }: Listing): { width: number; forTerminal: boolean } {
  if (given.output === undefined && stdout.isTTY) return { width: stdout.columns, forTerminal: true };
  const fromShell = Number(environment.COLUMNS);
  const isWidth = Number.isInteger(fromShell) && fromShell >= 20;
  return { width: isWidth ? fromShell : USUAL_WIDTH, forTerminal: false };
}
