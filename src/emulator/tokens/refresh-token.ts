import { randomUUID } from 'node:crypto';
import type { TokenParts } from './access-token.ts';
import { type AccountGrant, type Grant, keptGrant } from './grant.ts';

/** What a refresh token holds, sealed: nothing is remembered for it. */
export interface RefreshRecord {
  readonly kind: 'refresh';
  readonly id: string;
  readonly issuedAtMs: number;
  readonly grant: Grant;
}

/** A refresh token carries no nonce: the ID token of a refresh has none (MSAL Node refuses one it did not ask). */
export function refreshToken(grant: AccountGrant, tokens: TokenParts): string {
  const record: RefreshRecord = {
    kind: 'refresh',
    id: randomUUID(),
    issuedAtMs: tokens.now(),
    grant: { ...keptGrant(grant), nonce: undefined },
  };
  return `1.${tokens.seal.close(record)}`;
}

/** Opens a refresh token of this emulator. */
export function openRefreshToken(token: string, tokens: TokenParts): RefreshRecord | undefined {
  const opened = token.startsWith('1.') ? tokens.seal.open(token.slice(2)) : undefined;
  return isRefreshRecord(opened) ? opened : undefined;
}

function isRefreshRecord(value: unknown): value is RefreshRecord {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refresh';
}
