export { type AllUsersQuery, allUsers, type Continuation, type SomeUsers } from './all-users.ts';
export { type DirectoryUser, isUserId, MAX_USER_ID_CHARACTERS } from './directory-user.ts';
export { type Photo, type PhotoSize, readPhoto } from './photo.ts';
export { readMe, readUser, readUserWhole } from './user.ts';
export { isCursor, listUsers, type UsersResponse } from './users.ts';
export { showsWholeUsers, type WholeUser } from './whole-user.ts';
