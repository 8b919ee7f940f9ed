import { type AccessTokenSource, type CallGiven, type GraphCall, responseRefused } from '../client/index.ts';
import { DIRECTORY_USER_SELECT, type DirectoryUser, readDirectoryUser } from './directory-user.ts';
import { readWholeUser, WHOLE_USER_QUERY, type WholeUser } from './whole-user.ts';

/**
 * One person of the directory (Microsoft Graph: Get a user).
 * @param id of a user, already judged
 */
export async function readUser(
  call: GraphCall,
  token: AccessTokenSource,
  id: string,
  given: CallGiven,
): Promise<DirectoryUser> {
  const path = `/v1.0/users/${id}?$select=${DIRECTORY_USER_SELECT}`;
  return required(readDirectoryUser((await call(token, { path, ...given })).body), 'person');
}

/** The same with all that an address book has of them, for a token that is good for that. */
export async function readUserWhole(
  call: GraphCall,
  token: AccessTokenSource,
  id: string,
  given: CallGiven,
): Promise<WholeUser> {
  const { body } = await call(token, { path: `/v1.0/users/${id}?${WHOLE_USER_QUERY}`, ...given });
  return required(readWholeUser(body), 'person');
}

/** The signed-in person's own profile (Microsoft Graph: Get a user). */
export async function readMe(
  call: GraphCall,
  token: AccessTokenSource,
  given: CallGiven,
): Promise<DirectoryUser> {
  const path = `/v1.0/me?$select=${DIRECTORY_USER_SELECT}`;
  return required(readDirectoryUser((await call(token, { path, ...given })).body), 'profile');
}

function required<User>(user: User | undefined, what: string): User {
  if (user !== undefined) return user;
  throw responseRefused(`The ${what} of Microsoft Graph could not be read.`);
}
