import { responseRefused } from '../client/index.ts';

/** `$top` goes up to 999, so more rows than this are no page of a list. */
const MAX_ROWS = 1_000;

/**
 * The rows of a page of a list, whatever they are.
 * @throws UpstreamError `graph_answer_refused` for what is no page
 */
export function readRows(body: Readonly<Record<string, unknown>>): unknown[] {
  const { value } = body;
  if (Array.isArray(value) && value.length <= MAX_ROWS) return value;
  throw responseRefused('The list of Microsoft Graph could not be read.');
}

/** How many rows a list has in all: `@odata.count`, which Graph gives on the first page, and not everywhere. */
export function readTotal(count: unknown): { total?: number } {
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? { total: count } : {};
}
