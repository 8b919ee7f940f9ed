import type { Request } from 'express';

/**
 * Whether a request comes from a script, which a page or a redirect to the identity platform would not help: it says so,
 * brings an access token, or asks for JSON rather than for a page.
 */
export function isFromScript(request: Request): boolean {
  const mode = request.get('Sec-Fetch-Mode');
  if (mode !== undefined) return mode !== 'navigate';
  if (request.get('X-Requested-With') !== undefined) return true;
  if (/^Bearer /i.test(request.get('Authorization') ?? '')) return true;
  return request.accepts(['html', 'json']) !== 'html';
}
