import type { Request } from 'express';

/**
 * Whether something else than this app's own page, or the person's address bar, caused a request: another site, or
 * a browser that loads pages in advance. Browsers say so in headers that a page cannot forge (Fetch Metadata).
 * @param baseUrl origin of this app's public address
 */
export function isCausedElsewhere(request: Request, baseUrl: string): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = request.get('Origin');
  // A page with the referrer policy no-referrer, as this app's are, posts its own forms with `Origin: null`.
  const isOwnForm = origin === 'null' && site === 'same-origin';
  if (origin !== undefined && origin !== baseUrl && !isOwnForm) return true;
  return /prefetch|prerender/i.test(`${request.get('Sec-Purpose') ?? ''} ${request.get('Purpose') ?? ''}`);
}
