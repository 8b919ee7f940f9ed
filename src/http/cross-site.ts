import type { Request, RequestHandler } from 'express';
import { RequestError } from '../errors.ts';

/**
 * Whether something else than this app's own page, or the person's address bar, caused a request: another site, or
 * a browser that loads pages in advance. Browsers say so in headers that a page cannot forge (Fetch Metadata).
 * @param ownOrigin of this app's public address
 */
export function isCausedElsewhere(request: Request, ownOrigin: string): boolean {
  if (isOfAnotherSite(request)) return true;
  const origin = request.get('Origin');
  // A page with the referrer policy no-referrer, as a host's may be, posts its own forms with `Origin: null`.
  const isOwnForm = origin === 'null' && request.get('Sec-Fetch-Site') === 'same-origin';
  if (origin !== undefined && origin !== ownOrigin && !isOwnForm) return true;
  return isInAdvance(request);
}

/**
 * Lets through what ends a session only where this app caused it, and no HEAD, which changes nothing.
 * @param refusal what an administrator is told
 */
export function onlyOwn(ownOrigin: string, refusal: string): RequestHandler {
  return (request, _response, next) => {
    if (isCausedElsewhere(request, ownOrigin) || request.method === 'HEAD')
      throw new RequestError('cross_site_sign_out', 403, refusal);
    next();
  };
}

/** Whether a browser says that a page of another site, or of another host of the same one, caused a request. */
function isOfAnotherSite(request: Request): boolean {
  const site = request.get('Sec-Fetch-Site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Whether a browser says that a page of another site led here. */
export function isLedHereByAnotherSite(request: Request): boolean {
  return request.get('Sec-Fetch-Site') === 'cross-site';
}

/** Whether a browser loads this before anybody asks for it; older ones have other names for it. */
function isInAdvance(request: Request): boolean {
  const purposes = ['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'].map((name) => request.get(name) ?? '');
  return /prefetch|prerender|preview/i.test(purposes.join(' '));
}

/** Where a browser says what a request is for, whether it is for a page in a window, not for a part of another one. */
function isForWindow(request: Request): boolean {
  return (
    isOneOf(request.get('Sec-Fetch-Mode'), 'navigate') && isOneOf(request.get('Sec-Fetch-Dest'), 'document')
  );
}

function isOneOf(given: string | undefined, expected: string): boolean {
  return given === undefined || given === expected;
}

/**
 * Lets through what somebody opened, and what comes from clients that are no browsers of today. A request with a
 * consequence, which an image on any page could otherwise have as often as it likes.
 */
export const onlyOpened: RequestHandler = (request, _response, next) => {
  if (!isForWindow(request) || isInAdvance(request)) throw notOpened();
  next();
};

/** A request that a browser makes in advance, with nobody waiting, is refused: it makes it again when it counts. */
export const notInAdvance: RequestHandler = (request, _response, next) => {
  if (isInAdvance(request)) throw notOpened();
  next();
};

/** Other sites may lead here, and load nothing (W3C: Fetch Metadata, resource isolation). */
export const noPartsForOthers: RequestHandler = (request, _response, next) => {
  if (isOfAnotherSite(request) && !isOneOf(request.get('Sec-Fetch-Mode'), 'navigate')) throw notOpened();
  next();
};

function notOpened(): RequestError {
  return new RequestError('not_navigated', 403, 'This address has to be opened as a page.');
}
