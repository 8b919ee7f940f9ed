import type { Account } from '../../identity/index.ts';

/** The sessions that one person has in this app, in all browsers. */
export function personGroup({ tenantId, objectId }: Account): string {
  return groupNamed('account', `${objectId}.${tenantId}`);
}

/** Where else the sessions of a person are found, by what others know of them; a guest has an id at home too. */
export function nameGroups({ homeAccountId, objectId, username }: Account): string[] {
  return [
    groupNamed('account', homeAccountId),
    groupNamed('object id', objectId),
    groupNamed('username', username),
  ];
}

/** @param user a username, an object id, or the id of an account: the object id and the tenant, as MSAL writes them */
export function groupsNamed(user: string): string[] {
  return (['account', 'object id', 'username'] as const).map((kind) => groupNamed(kind, user));
}

/** Alike for whatever case a name is written in. */
function groupNamed(kind: 'account' | 'object id' | 'username', name: string): string {
  return `${kind} ${name.trim().normalize('NFC').toLowerCase()}`;
}

/**
 * The sessions that belong to one session with the identity platform.
 * @param sid its `sid` claim, or `session_state` of the authorization response, which has the same value
 * @returns undefined for what is no such id
 */
export function platformSessionGroup(sid: string | undefined): string | undefined {
  return sid !== undefined && /^[A-Za-z0-9_-]{8,128}$/.test(sid) ? `sid ${sid.toLowerCase()}` : undefined;
}
