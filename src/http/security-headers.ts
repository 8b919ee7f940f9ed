import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

declare module 'express-serve-static-core' {
  interface Locals {
    /** What differs on a page that has a form which posts. */
    postingHeaders?: Headers;
  }
}

type Headers = readonly (readonly [name: string, value: string])[];

interface SecurityHeaderSettings {
  /** Whether the public address is https. */
  secure: boolean;
  /** Schemes of the addresses that signing out may lead over: the identity platform's, and those of where it redirects to. */
  signOutSchemes: readonly ('https:' | 'http:')[];
}

const ONE_YEAR_SECONDS = 31_536_000;

/** Headers of every response. Nothing may be cached unless a handler says so: most pages show a person. */
export function securityHeaders({ secure, signOutSchemes }: SecurityHeaderSettings): RequestHandler {
  const usual = headersOf({ secure, formAction: ["'self'"], referrerPolicy: 'no-referrer' });
  const headers = [...usual, ['Cache-Control', 'no-store']] as const;
  const posting = headersOf({
    secure,
    formAction: ["'self'", ...signOutSchemes],
    referrerPolicy: 'same-origin',
  });
  const postingHeaders = posting.filter(
    ([name, value]) => !usual.some((one) => one[0] === name && one[1] === value),
  );
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    response.locals.postingHeaders = postingHeaders;
    next();
  };
}

/** An address with an authorization code or a state, which no other request may tell of. */
const SECRET_ADDRESS = /[?&](code|state)=/;

/**
 * Lets the forms of a page post, and signing out lead where the platform sends people.
 *
 * With the referrer policy `no-referrer`, browsers post with `Origin: null`, as hostile frames do; those that know no
 * Fetch Metadata could not be told from them (Fetch, section 3.2). And Chromium and WebKit hold each redirect of a
 * posted form against `form-action`: where a platform redirects to, such as an organisation's own AD FS, nobody knows
 * beforehand (github.com/w3c/webappsec-csp/issues/8).
 */
export function allowPosting(response: Response): void {
  for (const [name, value] of response.locals.postingHeaders ?? []) response.setHeader(name, value);
  if (SECRET_ADDRESS.test(response.req.originalUrl)) response.setHeader('Referrer-Policy', 'no-referrer');
}

interface Varying {
  secure: boolean;
  formAction: string[];
  referrerPolicy: 'no-referrer' | 'same-origin';
}

/** What helmet sets is the same for every request, so it is asked once, with a response that nobody waits for. */
function headersOf({ secure, formAction, referrerPolicy }: Varying): Headers {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction,
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: ONE_YEAR_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: referrerPolicy },
    xFrameOptions: { action: 'deny' },
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  protect(request, response, (problem?: unknown) => {
    if (problem !== undefined) throw problem;
  });
  return response.getHeaderNames().map((name) => [name, String(response.getHeader(name))]);
}
