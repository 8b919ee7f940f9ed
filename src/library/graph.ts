export { InteractionRequiredError } from '../errors.ts';
export { type AccessTokenSource, type Api, ApiError, type ApiGiven, createApi } from '../graph/index.ts';
