import type { Request } from 'express';
import { correlationIdOf } from '../http/index.ts';
import { createExpiringTable } from '../sessions/index.ts';
import type { SignInParts } from './parts.ts';
import type { SignedInSession } from './person/index.ts';

/** Groups that were read from Microsoft Graph, or why they could not be. */
export type ResolvedGroups = { ids: readonly string[] } | { error: unknown };

/**
 * Reads the groups of the person who sent a request from Microsoft Graph.
 * @param options `fresh`: those of now
 * @returns undefined where the token has room for them
 */
export type GroupReader = (
  request: Request,
  options?: { fresh?: boolean },
) => Promise<ResolvedGroups | undefined>;

/** Groups change seldom; reading them costs a call of Graph. */
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 1_000;

/** @see https://learn.microsoft.com/graph/api/directoryobject-getmembergroups */
const MEMBER_GROUPS = '/v1.0/me/getMemberGroups';

export function createGroupReader(parts: SignInParts): GroupReader {
  const kept = createExpiringTable<Promise<readonly string[]>>({ now: parts.now, maxEntries: MOST_KEPT });
  const read = (session: SignedInSession, request: Request, fresh: boolean) => {
    const known = fresh ? undefined : kept.get(session.sid);
    if (known !== undefined) return known;
    const groups = readGroups(parts, session, request);
    kept.set(session.sid, groups, parts.now() + KEPT_MS);
    groups.catch(() => kept.delete(session.sid));
    return groups;
  };
  return async (request, { fresh = false } = {}) => {
    const session = parts.sessions.of(request);
    if (session === undefined || !hasGroupOverage(session.content.claims)) return undefined;
    return read(session, request, fresh).then(
      (ids) => ({ ids }),
      (error: unknown) => ({ error }),
    );
  };
}

/**
 * Whether the token leaves the groups out because there are too many: more than 200 in a JWT.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim
 */
function hasGroupOverage(claims: Readonly<Record<string, unknown>>): boolean {
  const { _claim_names: names, hasgroups, groups } = claims;
  if (groups !== undefined) return false;
  return hasgroups === true || (typeof names === 'object' && names !== null && 'groups' in names);
}

async function readGroups(
  { apis, tokens }: SignInParts,
  session: SignedInSession,
  request: Request,
): Promise<readonly string[]> {
  const correlationId = correlationIdOf(request);
  const graph = apis.get('graph')?.open({ token: tokens.of(session, correlationId), correlationId });
  const response = await graph?.post(MEMBER_GROUPS, { securityEnabledOnly: false });
  const value =
    typeof response === 'object' && response !== null && 'value' in response ? response.value : [];
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
