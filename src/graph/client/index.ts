export { type Api, ApiError, type ApiGiven, createApi } from './api.ts';
export { responseRefused } from './graph-error.ts';
export { createGraphCall } from './request.ts';
export type {
  AccessTokenSource,
  CallGiven,
  GraphCall,
  GraphRequest,
  GraphResponse,
  TokenOptions,
} from './types.ts';
export { waitingOut } from './waiting-out.ts';
