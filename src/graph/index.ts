export {
  type AccessTokenSource,
  type Api,
  ApiError,
  type ApiGiven,
  createApi,
  createGraphCall,
  type GraphCall,
  type TokenWishes,
  waitingOut,
} from './client/index.ts';
export { listHeaders, listPath, type Row, type RowPage, readNextLink, readPages } from './lists/index.ts';
export {
  type AllUsersQuery,
  allUsers,
  type Continuation,
  type DirectoryUser,
  isCursor,
  isUserId,
  listUsers,
  MAX_USER_ID_CHARACTERS,
  type Photo,
  readMe,
  readPhoto,
  readUser,
  type SomeUsers,
  type UsersAnswer,
} from './users/index.ts';
