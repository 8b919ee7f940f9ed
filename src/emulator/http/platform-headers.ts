import { randomBytes } from 'node:crypto';
import type { HttpRequest } from './request.ts';
import type { HttpResponse } from './response.ts';

/** The privacy policy in short that every response of the real platform carries. */
const P3P = 'CP="DSP CUR OTPi IND OTRi ONL FIN"';
const THIRTY_DAYS_SECONDS = 30 * 86_400;
const COOKIE_RULES = 'path=/; secure; HttpOnly; SameSite=None';

/** The headers of every JSON response of the identity platform (wire reference A3, C4). */
export function platformHeaders(http: HttpRequest): HttpResponse['headers'] {
  return {
    ...strictTransportSecurity(http, 'max-age=31536000; includeSubDomains'),
    'X-Content-Type-Options': 'nosniff',
    P3P,
    'x-ms-request-id': http.traceId,
    'x-ms-ests-server': '2.1.0.0 - LOCAL Emulator',
  };
}

/** The cookies that come with them: none of them means anything here (wire reference A3, C4). */
export function platformCookies(): readonly string[] {
  return [
    `fpc=${randomBytes(24).toString('base64url')}; Max-Age=${THIRTY_DAYS_SECONDS}; ${COOKIE_RULES}`,
    `x-ms-gateway-slice=estsfd; ${COOKIE_RULES}`,
    `stsservicecookie=estsfd; ${COOKIE_RULES}`,
  ];
}

/**
 * Strict-Transport-Security, but to no browser: kept for `localhost`, it would break every other program there that
 * speaks plain http (RFC 6797 section 8.1).
 */
export function strictTransportSecurity({ headers }: HttpRequest, policy: string): Record<string, string> {
  const isBrowser = headers['sec-fetch-mode'] !== undefined || /mozilla/i.test(headers['user-agent'] ?? '');
  return isBrowser ? {} : { 'Strict-Transport-Security': policy };
}
