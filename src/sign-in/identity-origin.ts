import type { Config } from '../config/index.ts';

/** Where the platform's pages stand: known before its metadata, which has to be of the same origin. */
export function identityOriginOf({ authority, authorityMetadata }: Config): string {
  if (authorityMetadata === undefined) return new URL(authority).origin;
  const { token_endpoint } = JSON.parse(authorityMetadata) as { token_endpoint: string };
  return new URL(token_endpoint).origin;
}
