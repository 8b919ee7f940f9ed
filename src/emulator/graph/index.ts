export { CHALLENGE, claimsChallenge } from './caller.ts';
export { graphEndpoint } from './graph-endpoint.ts';
export { GraphError, graphErrorResponse, graphHeaders } from './graph-error.ts';
export { photoMetadata, photoValue } from './photo.ts';
export { userinfo } from './userinfo.ts';
export { me, user, users, usersCount } from './users.ts';
