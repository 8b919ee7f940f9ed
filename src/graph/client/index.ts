export { type Api, ApiError, type ApiGiven, createApi } from './api.ts';
export { createGraphCall } from './request.ts';
export { readObject } from './response.ts';
export type { AccessTokenSource, GraphAnswer, GraphCall, GraphRequest, TokenWishes } from './types.ts';
export { waitingOut } from './waiting-out.ts';
