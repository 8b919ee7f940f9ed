import { createLocalJWKSet, errors, type JSONWebKeySet, type JWK, type JWTHeaderParameters } from 'jose';
import { UpstreamError } from '../errors.ts';

/** The authority's published keys (RFC 7517), as a key finder for jose. */
export interface SigningKeys {
  find(header: JWTHeaderParameters): Promise<FoundKey[]>;
  /** Fetches the keys now, so that the first sign-in need not wait. */
  warm(): Promise<void>;
}

/** One key that may have signed, and the `issuer` that its publisher tied it to (an extension of Microsoft's). */
interface FoundKey {
  key: JWK;
  issuer: string | undefined;
}

interface SigningKeySettings {
  fetchKeySet: () => Promise<Record<string, unknown>>;
  now: () => number;
}

/** How long keys are believed without asking again: a day, as Microsoft advises. */
const MAX_AGE_MS = 24 * 3_600_000;
/** Fetches for unknown key ids: so many at the most in one period. */
const MAX_REFETCHES = 5;
const REFETCH_PERIOD_MS = 5 * 60_000;

/** Keys that one document may hold: more is no key set of an identity platform. */
const MAX_KEYS = 100;

/**
 * Keeps the authority's keys, asks again once for a key id that it does not know (the platform rotates its keys
 * without notice), and not more often than allowed.
 */
export function createSigningKeys({ fetchKeySet, now }: SigningKeySettings): SigningKeys {
  let current: { keys: JWK[]; fetchedAtMs: number } | undefined;
  let fetching: Promise<JWK[]> | undefined;
  let refetchedAtMs: number[] = [];

  const fetchKeys = () => {
    fetching ??= fetchKeySet()
      .then((document) => {
        const keys = readKeySet(document);
        current = { keys, fetchedAtMs: now() };
        return keys;
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };
  const freshKeys = () =>
    current !== undefined && now() - current.fetchedAtMs < MAX_AGE_MS
      ? Promise.resolve(current.keys)
      : fetchKeys();
  const mayRefetch = () => {
    refetchedAtMs = refetchedAtMs.filter((atMs) => now() - atMs < REFETCH_PERIOD_MS);
    if (refetchedAtMs.length >= MAX_REFETCHES) return false;
    refetchedAtMs.push(now());
    return true;
  };

  return {
    async find(header) {
      const known = matchingKeys(await freshKeys(), header);
      if (known.length > 0 || !mayRefetch()) return known;
      return matchingKeys(await fetchKeys(), header);
    },
    async warm() {
      await fetchKeys();
    },
  };
}

function matchingKeys(keys: readonly JWK[], header: JWTHeaderParameters): FoundKey[] {
  return keys
    .filter((key) => header.kid === undefined || key.kid === header.kid)
    .map((key) => ({ key, issuer: issuerOf(key) }));
}

function issuerOf(key: JWK & { issuer?: unknown }): string | undefined {
  return typeof key.issuer === 'string' ? key.issuer : undefined;
}

function readKeySet(document: Record<string, unknown>): JWK[] {
  try {
    createLocalJWKSet(document as unknown as JSONWebKeySet);
  } catch (cause) {
    if (!(cause instanceof errors.JWKSInvalid)) throw cause;
    throw new UpstreamError(
      'authority_misconfigured',
      503,
      'The published keys of the authority cannot be read.',
      { cause },
    );
  }
  const { keys } = document as unknown as JSONWebKeySet;
  return keys
    .filter((key) => key.kty === 'RSA' && (key.use === undefined || key.use === 'sig'))
    .slice(0, MAX_KEYS);
}
