export { type AppTokens, openAppTokens } from './app-tokens.ts';
export type { MakeSealer } from './token-cache.ts';
