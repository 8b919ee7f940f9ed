import type { Request } from 'express';
import { correlationIdOf } from '../http/index.ts';
import { createExpiringTable } from '../sessions/index.ts';
import type { SignInParts } from './parts.ts';
import type { SignedInSession } from './person/index.ts';
import type { RequestState } from './request-entra.ts';

/** Reads a person's groups from Microsoft Graph where their token has no room for them. */
interface GroupReader {
  /** Fills in `resolvedGroups`: the groups, or why they could not be read. */
  resolve(state: RequestState, request: Request): Promise<void>;
}

/** Groups change seldom; reading them costs a call of Graph. */
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 1_000;

/** @see https://learn.microsoft.com/graph/api/directoryobject-getmembergroups */
const MEMBER_GROUPS = '/v1.0/me/getMemberGroups';

export function createGroupReader(parts: SignInParts): GroupReader {
  const kept = createExpiringTable<Promise<readonly string[]>>({ now: parts.now, maxEntries: MOST_KEPT });
  const read = (session: SignedInSession, request: Request) => {
    const known = kept.get(session.sid);
    if (known !== undefined) return known;
    const groups = readGroups(parts, session, request);
    kept.set(session.sid, groups, parts.now() + KEPT_MS);
    groups.catch(() => kept.delete(session.sid));
    return groups;
  };
  return {
    async resolve(state, request) {
      const session = parts.sessions.of(request);
      if (session === undefined || !hasGroupOverage(session.content.claims)) return;
      state.resolvedGroups = await read(session, request).then(
        (ids) => ({ ids }),
        (error: unknown) => ({ error }),
      );
    },
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
  const answer = await graph?.post(MEMBER_GROUPS, { securityEnabledOnly: false });
  const value = typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : [];
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
