import type { Account } from '../../identity/index.ts';

/** The sessions that one person has in this app, in all browsers. */
export function personGroup({ tenantId, objectId }: Account): string {
  return `person ${tenantId} ${objectId}`;
}

/**
 * The sessions that belong to one session with the identity platform.
 * @param sid its `sid` claim, or `session_state` of the authorization response, which has the same value
 * @returns undefined for what is no such id
 */
export function platformSessionGroup(sid: string | undefined): string | undefined {
  return sid !== undefined && /^[A-Za-z0-9_-]{8,128}$/.test(sid) ? `sid ${sid.toLowerCase()}` : undefined;
}
