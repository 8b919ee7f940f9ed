import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

export interface SecurityHeaderSettings {
  /** Whether the public address is https. */
  secure: boolean;
  /** Where the sign-out form leads after this app: the identity platform. */
  formTargets: readonly string[];
}

const ONE_YEAR_SECONDS = 31_536_000;

/** Headers of every answer. Nothing may be cached unless a handler says so: most pages show a person. */
export function securityHeaders(settings: SecurityHeaderSettings): RequestHandler {
  const headers = new Map([...helmetHeaders(settings), ['Cache-Control', 'no-store']]);
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

/** What helmet sets is the same for every request, so it is asked once, with an answer that nobody waits for. */
function helmetHeaders({ secure, formTargets }: SecurityHeaderSettings): [string, string][] {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'", ...formTargets],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: ONE_YEAR_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  protect(request, response, (problem?: unknown) => {
    if (problem !== undefined) throw problem;
  });
  return response.getHeaderNames().map((name) => [name, String(response.getHeader(name))]);
}
