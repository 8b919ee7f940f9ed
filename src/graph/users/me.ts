import { UpstreamError } from '../../errors.ts';
import type { AccessTokenSource, GraphCall } from '../client/index.ts';
import { DIRECTORY_USER_SELECT, type DirectoryUser, readDirectoryUser } from './directory-user.ts';

/** The signed-in person's own profile (Microsoft Graph: Get a user). */
export async function readMe(
  call: GraphCall,
  token: AccessTokenSource,
  given: { correlationId: string; signal?: AbortSignal },
): Promise<DirectoryUser> {
  const path = `/v1.0/me?$select=${DIRECTORY_USER_SELECT}`;
  const { body } = await call(token, { path, ...given });
  const profile = readDirectoryUser(body);
  if (profile !== undefined) return profile;
  throw new UpstreamError('graph_answer_refused', 502, 'The profile of Microsoft Graph could not be read.');
}
