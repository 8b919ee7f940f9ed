import type { Response } from 'express';
import { publicPath } from './base-path.ts';
import { allowPosting } from './security-headers.ts';

/** What every form of ours holds that posts, and no text of anybody else's: quotation marks are written otherwise there. */
const POSTING_FORM = ' method="post"';

/** Addresses of the app in a page of its own; quotation marks in anybody's text are written otherwise. */
const OWN_ADDRESS = / (href|src|action)="\/(?!\/)/g;

/** Pages are written as if the app had its host to itself. */
function atBasePath(response: Response, html: string): string {
  const home = publicPath(response.req, '/');
  return home === '/' ? html : html.replaceAll(OWN_ADDRESS, ` $1="${home}`);
}

/**
 * Answers with a whole page. The text goes out as a string: Node writes it to the socket together with the headers,
 * where the buffer that Express would make of it is copied and written apart, and counts its bytes itself.
 */
export function sendPage(response: Response, html: string, status = 200): void {
  response.statusCode = status;
  if (html.includes(POSTING_FORM)) allowPosting(response);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(atBasePath(response, html));
}
