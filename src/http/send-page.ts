import type { Response } from 'express';
import { allowPosting } from './security-headers.ts';

/** What every form of ours holds that posts, and no text of anybody else's: quotation marks are written otherwise there. */
const POSTING_FORM = ' method="post"';

/**
 * Answers with a whole page. The text goes out as a string: Node writes it to the socket together with the headers,
 * where the buffer that Express would make of it is copied and written apart, and counts its bytes itself.
 */
export function sendPage(response: Response, html: string, status = 200): void {
  response.statusCode = status;
  if (html.includes(POSTING_FORM)) allowPosting(response);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(html);
}
