import type { Request } from 'express';
import { RequestError } from '../../errors.ts';

/** RFC 6750, section 2.1: one header, one space, the characters of a token. */
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The access token of a request. Tokens in a form or a query (RFC 6750, sections 2.2 and 2.3) are not taken: they end up
 * in logs.
 * @throws RequestError `access_token_missing` (401) without one, `bad_request` (400) for what is none
 */
export function readBearerToken({ headers }: Request): string {
  const { authorization } = headers;
  if (authorization === undefined || !/^Bearer(\s|$)/i.test(authorization))
    throw new RequestError('access_token_missing', 401, 'The request needs an access token.');
  const [, token] = BEARER.exec(authorization) ?? [];
  if (token !== undefined) return token;
  throw new RequestError('bad_request', 400, 'The Authorization header holds no access token.');
}
