import type { AccessTokenSource, DirectoryUser, GraphCall } from '../../graph/index.ts';
import { type AllUsersQuery, allUsers, type Continuation } from '../../graph/index.ts';

/** As many as a page shows of those who are asked for all at once. */
interface Everyone {
  people: DirectoryUser[];
  /** How many there are in all, where Graph says so. */
  total?: number;
  /** Where the next such page begins; absent where these are all. */
  next?: Continuation;
  /** Rows that were no people were left out, or Graph gave less than the page would hold. */
  incomplete: boolean;
  /** Graph stopped answering on the way. */
  brokeOff: boolean;
  /** The search went by beginnings. */
  plain: boolean;
}

/** Six pages of 999: a directory of 5,000 is on one page, and none fills the memory of a telephone. */
const MAX_GRAPH_PAGES = 6;
/** Nobody looks at an empty page for longer. */
const MAX_WAIT_MS = 15_000;

/**
 * Reads the people for one long page. What was read before Graph stopped answering is shown, and can be gone on from.
 * @throws what the first call throws
 */
export async function readEveryone(
  graph: GraphCall,
  endpoint: string,
  token: AccessTokenSource,
  query: AllUsersQuery,
  onBroken: (error: unknown) => void,
): Promise<Everyone> {
  const signal = AbortSignal.any([query.signal, AbortSignal.timeout(MAX_WAIT_MS)]);
  const everyone: Everyone = { people: [], incomplete: false, brokeOff: false, plain: false };
  let pages = 0;
  try {
    for await (const { people, leftOut, total, next, plain } of allUsers(graph, endpoint, token, {
      ...query,
      signal,
    })) {
      pages += 1;
      everyone.people.push(...people);
      if (total !== undefined) everyone.total = total;
      everyone.incomplete ||= leftOut > 0;
      everyone.plain = plain;
      delete everyone.next;
      if (next !== undefined) everyone.next = next;
      if (pages === MAX_GRAPH_PAGES) break;
    }
  } catch (error) {
    if (pages === 0) throw error;
    onBroken(error);
    everyone.brokeOff = true;
    everyone.incomplete ||= everyone.next === undefined;
  }
  return everyone;
}
