import { randomInt } from 'node:crypto';
import type { Request, Response } from 'express';
import { eachLanguage, failureText, languageOf } from '../../failures/index.ts';
import { isFromScript, securityHeaders } from '../../http/index.ts';
import { cookiePlaceOf } from '../../public-address.ts';
import { preferenceCookie } from '../layout/index.ts';

const CODE = 'overloaded';
/** Those who were refused together do not come back together. */
const RETRY_SECONDS = { least: 2, most: 6 } as const;

const PAGES = eachLanguage((language) => {
  const { heading, what, next } = failureText(language, CODE, { redirectUri: '' });
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title></head>
<body><main><h1>${heading}</h1><p>${what}</p><p>${next}</p></main></body></html>`;
});

/**
 * Answers, with as little work as there can be, what the process has no time for: 503 with Retry-After. A page that was
 * asked for by GET tries again by itself.
 */
export function refusals(baseUrl: string): (request: Request, response: Response) => void {
  const place = cookiePlaceOf(baseUrl);
  const headers = securityHeaders({ secure: place.secure, signOutSchemes: [] });
  const chosen = preferenceCookie('language', place);
  return (request, response) => {
    const retryAfterSeconds = randomInt(RETRY_SECONDS.least, RETRY_SECONDS.most);
    response.locals = {};
    headers(request, response, () => undefined);
    response.statusCode = 503;
    response.setHeader('Retry-After', retryAfterSeconds);
    if (isFromScript(request)) {
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.end(
        JSON.stringify({
          error: CODE,
          status: 503,
          message: 'The app has too much to do.',
          retryAfterSeconds,
        }),
      );
      return;
    }
    if (request.method === 'GET') response.setHeader('Refresh', retryAfterSeconds);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(PAGES[languageOf(request, chosen.read(request.headers.cookie))]);
  };
}
