import { type ParsedUrlQuery, parse } from 'node:querystring';
import { RequestError } from '../errors.ts';
import { MAX_RETURN_CHARACTERS } from './return-to.ts';

/** How long the value of a parameter may be, in UTF-16 code units, and what becomes of a longer one. */
interface Bound {
  most: number;
  /** Refused, or, where the page is of use without it, counted as absent. */
  beyond: 'refused' | 'left out';
}

/** A number, or one word of a few. */
const SHORT = 64;

/** Every parameter that a page of this app reads. A page can read no other, so none is without a bound. */
export const PARAMETERS = {
  // a list of people
  search: refusedBeyond(1_000), // more than is searched for, because people paste
  top: refusedBeyond(SHORT),
  cursor: refusedBeyond(4_000),
  page: refusedBeyond(SHORT),
  before: refusedBeyond(4_096),
  total: refusedBeyond(SHORT),
  plain: refusedBeyond(SHORT),
  initials: refusedBeyond(SHORT),
  size: refusedBeyond(SHORT), // of a photo
  // an export
  follow: refusedBeyond(SHORT),
  after: refusedBeyond(SHORT),
  renew: refusedBeyond(SHORT),
  separator: refusedBeyond(SHORT),
  // a choice of language or appearance
  to: refusedBeyond(SHORT),
  // a sign-in
  returnTo: leftOutBeyond(MAX_RETURN_CHARACTERS),
  prompt: leftOutBeyond(SHORT),
  login_hint: leftOutBeyond(256),
  domain_hint: leftOutBeyond(253),
  scope: leftOutBeyond(4_096),
  // what the identity platform says
  code: leftOutBeyond(8_192), // one is about 1 to 2 KB long
  state: leftOutBeyond(SHORT),
  session_state: leftOutBeyond(128),
  error: refusedBeyond(SHORT), // left out, it would let the code beside it count
  error_subcode: refusedBeyond(SHORT),
  error_description: leftOutBeyond(8_192),
  error_uri: leftOutBeyond(1_024),
  admin_consent: leftOutBeyond(SHORT),
  sid: refusedBeyond(128),
  iss: refusedBeyond(1_024),
} as const satisfies Readonly<Record<string, Bound>>;

export type ParameterName = keyof typeof PARAMETERS;

/** The parameters of a request that were given exactly once, as text. */
export type QueryParameters = Readonly<Partial<Record<ParameterName, string>>>;

/** The query of a request, whatever the app around has for parsing one, or nothing; what is repeated is a list. */
export function parsedQuery({ url }: { url: string }): ParsedUrlQuery {
  const [, query = ''] = /\?(.*)$/s.exec(url) ?? [];
  return parse(query);
}

/**
 * Reads the query: what is repeated, nested or empty counts as absent.
 * @throws RequestError `address_too_long` for a value that is longer than any that the app writes
 */
export function singleParameters(query: object): QueryParameters {
  const single = Object.entries(query).filter(
    (pair): pair is [ParameterName, string] =>
      isParameter(pair[0]) &&
      typeof pair[1] === 'string' &&
      pair[1] !== '' &&
      isWithinBound(pair[0], pair[1]),
  );
  return Object.fromEntries(single);
}

function isParameter(name: string): name is ParameterName {
  return Object.hasOwn(PARAMETERS, name);
}

function isWithinBound(name: ParameterName, value: string): boolean {
  const { most, beyond } = PARAMETERS[name];
  if (value.length <= most) return true;
  if (beyond === 'left out') return false;
  throw new RequestError('address_too_long', 400, 'A part of the address is too long.', { detail: name });
}

function refusedBeyond(most: number): Bound {
  return { most, beyond: 'refused' };
}

function leftOutBeyond(most: number): Bound {
  return { most, beyond: 'left out' };
}
