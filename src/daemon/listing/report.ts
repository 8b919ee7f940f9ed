import { UpstreamError } from '../../errors.ts';
import type { Row, RowPage } from '../../graph/index.ts';
import type { RowFormat } from '../formats/index.ts';
import type { Output } from '../output/index.ts';

interface ReportGiven {
  pages: AsyncIterable<RowPage>;
  format: RowFormat;
  output: Output;
  /** Every page, or the first one only. */
  all: boolean;
  /** Told the number of users written so far. */
  onPage?: (users: number) => void;
}

/** What was written. */
export interface Report {
  users: number;
  /** Graph has more of them. */
  hasMore: boolean;
}

/** Writes pages as they come; the next one is asked for when the last one was taken. */
export async function writeReport(given: ReportGiven): Promise<Report> {
  const { pages, format, output, all } = given;
  let hasMore = false;
  for await (const page of pages) {
    await output.write(textOf(format, page.rows));
    await output.pageDone({ state: format.state(), hasMore: page.hasMore, nextPath: page.nextPath });
    given.onPage?.(format.state().rows);
    hasMore = page.hasMore;
    if (!all) break;
  }
  await output.write(format.end());
  await output.finish();
  return { users: format.state().rows, hasMore };
}

/** A row nested so deeply that writing it overruns the stack is none that Graph sends. */
function textOf(format: RowFormat, rows: readonly Row[]): string {
  try {
    return format.page(rows);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UpstreamError(
      'graph_answer_refused',
      502,
      'A row in the list of Microsoft Graph is nested too deeply.',
    );
  }
}
