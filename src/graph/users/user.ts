import { UpstreamError } from '../../errors.ts';
import type { AccessTokenSource, GraphCall } from '../client/index.ts';
import { DIRECTORY_USER_SELECT, type DirectoryUser, readDirectoryUser } from './directory-user.ts';

/**
 * One person of the directory (Microsoft Graph: Get a user).
 * @param id of a user, already judged
 */
export async function readUser(
  call: GraphCall,
  token: AccessTokenSource,
  id: string,
  given: { correlationId: string; signal?: AbortSignal },
): Promise<DirectoryUser> {
  const { body } = await call(token, {
    path: `/v1.0/users/${id}?$select=${DIRECTORY_USER_SELECT}`,
    ...given,
  });
  const user = readDirectoryUser(body);
  if (user !== undefined) return user;
  throw new UpstreamError('graph_answer_refused', 502, 'The person of Microsoft Graph could not be read.');
}
