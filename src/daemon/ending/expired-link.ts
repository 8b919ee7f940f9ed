import { AppError, type ErrorCode, UpstreamError } from '../../errors.ts';

/** Graph refused a link to a next page, which it made itself. */
export class ExpiredLink extends UpstreamError {}

const REFUSALS = new Set<ErrorCode>(['graph_refused_request', 'graph_not_found']);

/**
 * Recognises a link that Graph has forgotten by where it was asked: services say it in words of their own
 * (`Directory_ExpiredPageToken`, `resyncRequired`, `Request_BadRequest`, an empty code), and of a link that Graph made
 * nothing else can be wrong.
 * @param error of a request for a page that a link led to
 */
export function asExpiredLink(error: unknown): unknown {
  if (!(error instanceof AppError) || !REFUSALS.has(error.code)) return error;
  const { code, detail, upstream, upstreamText } = error;
  return new ExpiredLink(code, 502, 'Microsoft Graph no longer knows the next page of the list.', {
    detail,
    upstream,
    upstreamText,
  });
}
