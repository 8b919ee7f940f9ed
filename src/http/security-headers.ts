import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

declare module 'express-serve-static-core' {
  interface Locals {
    /** Sets the headers of a page that has a form which posts. */
    postingHeaders?: Helmet;
  }
}

type Helmet = ReturnType<typeof helmet>;

interface SecurityHeaderSettings {
  /** Whether the public address is https. */
  secure: boolean;
  /** Schemes of the addresses that signing out may lead over: the identity platform's, and those of where it redirects to. */
  signOutSchemes: readonly ('https:' | 'http:')[];
}

const ONE_YEAR_SECONDS = 31_536_000;

/** Headers of every response. Nothing may be cached unless a handler says so: most pages show a person. */
export function securityHeaders({ secure, signOutSchemes }: SecurityHeaderSettings): RequestHandler {
  const usual = helmetOf({ secure, formAction: ["'self'"], referrerPolicy: 'no-referrer' });
  const posting = helmetOf({
    secure,
    formAction: ["'self'", ...signOutSchemes],
    referrerPolicy: 'same-origin',
  });
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    response.locals.postingHeaders = posting;
    usual(request, response, next);
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
  response.locals.postingHeaders?.(response.req, response, (problem?: unknown) => {
    if (problem !== undefined) throw problem;
  });
  if (SECRET_ADDRESS.test(response.req.originalUrl)) response.setHeader('Referrer-Policy', 'no-referrer');
}

interface Varying {
  secure: boolean;
  formAction: string[];
  referrerPolicy: 'no-referrer' | 'same-origin';
}

function helmetOf({ secure, formAction, referrerPolicy }: Varying): Helmet {
  return helmet({
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
}
