export { CHALLENGE, claimsChallenge } from './caller.ts';
export { graph, graphEndpointName, isGraphPath } from './graph.ts';
export { userinfo } from './userinfo.ts';
