import { UpstreamError } from '../../errors.ts';
import type { AccessTokenSource, GraphCall } from '../client/index.ts';
import { DIRECTORY_USER_SELECT, type DirectoryUser, readDirectoryUser } from './directory-user.ts';
import { readWholeUser, WHOLE_USER_QUERY, type WholeUser } from './whole-user.ts';

interface Given {
  correlationId: string;
  signal?: AbortSignal;
}

/**
 * One person of the directory (Microsoft Graph: Get a user).
 * @param id of a user, already judged
 */
export async function readUser(
  call: GraphCall,
  token: AccessTokenSource,
  id: string,
  given: Given,
): Promise<DirectoryUser> {
  const { body } = await call(token, {
    path: `/v1.0/users/${id}?$select=${DIRECTORY_USER_SELECT}`,
    ...given,
  });
  return required(readDirectoryUser(body));
}

/** The same with all that an address book has of them, for a token that is good for that. */
export async function readUserWhole(
  call: GraphCall,
  token: AccessTokenSource,
  id: string,
  given: Given,
): Promise<WholeUser> {
  const { body } = await call(token, { path: `/v1.0/users/${id}?${WHOLE_USER_QUERY}`, ...given });
  return required(readWholeUser(body));
}

function required<User>(user: User | undefined): User {
  if (user !== undefined) return user;
  throw new UpstreamError('graph_answer_refused', 502, 'The person of Microsoft Graph could not be read.');
}
