import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { ConfigurationError, UpstreamError } from '../../errors.ts';
import { listenOnLoopback } from '../../loopback.ts';
import { type ConsentResponse, readConsentResponse } from './consent-response.ts';

/** Waits on this machine for the administrator's browser to come back. */
interface ConsentListener {
  /** Has to be registered; the platform does not compare the port of `http://localhost`. */
  redirectUri: string;
  /** Resolves when consent was given. @throws UpstreamError `admin_consent_required` when it was declined */
  granted: Promise<void>;
  close(): void;
}

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Connection: 'close',
};
const SENTENCES: Record<ConsentResponse['kind'], [status: number, sentence: string]> = {
  granted: [200, 'Thank you: consent was given. You may close this page.'],
  declined: [200, 'Consent was not given. You may close this page.'],
  foreign: [400, 'This is not the response that is waited for.'],
};

/**
 * Listens on the loopback addresses.
 * @param port 0 for any that is free
 * @throws ConfigurationError for a port that is taken
 */
export async function listenForConsent(port: number, state: string): Promise<ConsentListener> {
  const { servers, port: bound } = await listenOnLoopback(createServer, port).catch(() => {
    throw new ConfigurationError([`--consent-port ${port} cannot be listened on: is it in use?`]);
  });
  const close = () => {
    for (const server of servers) server.close();
  };
  const granted = new Promise<void>((resolve, reject) => {
    const handler = redirectHandler(bound, state, (outcome) => {
      close();
      if (outcome.kind === 'granted') resolve();
      else reject(declined(outcome));
    });
    for (const server of servers) server.on('request', handler);
  });
  return { redirectUri: `http://localhost:${bound}`, granted, close };
}

function redirectHandler(
  port: number,
  state: string,
  onResponse: (outcome: ConsentResponse) => void,
): RequestListener {
  return (request, response) => {
    const outcome = readResponse(request, port, state);
    const [status, sentence] = SENTENCES[outcome.kind];
    response.writeHead(status, HEADERS).end(`<!doctype html><title>Consent</title><p>${sentence}</p>`, () => {
      if (outcome.kind !== 'foreign') onResponse(outcome);
    });
  };
}

function readResponse(request: IncomingMessage, port: number, state: string): ConsentResponse {
  const { method, url = '', headers } = request;
  const [path, query = ''] = url.split('?', 2);
  const isRedirect = method === 'GET' && path === '/' && headers.host === `localhost:${port}`;
  return isRedirect ? readConsentResponse(new URLSearchParams(query), state) : { kind: 'foreign' };
}

function declined(outcome: ConsentResponse): UpstreamError {
  return new UpstreamError('admin_consent_required', 403, 'The administrator did not consent.', {
    upstream: { code: outcome.kind === 'declined' ? outcome.code : undefined },
  });
}
