export { type AssetDigests, assetHref, publicFiles, readAssetDigests } from './assets.ts';
export { belowBasePath, browserPathOf, publicPath, rememberBasePath } from './base-path.ts';
export { type BrowserName, browserOf } from './browser-of.ts';
export { trustOf } from './client-address.ts';
export { correlationIdOf } from './correlation-id.ts';
export {
  isCausedElsewhere,
  isLedHereByAnotherSite,
  noPartsForOthers,
  notInAdvance,
  onlyOpened,
  onlyOwn,
} from './cross-site.ts';
export { isFromScript } from './from-script.ts';
export { createGate, type Gate, ranksOf } from './gate.ts';
export { goneSignal } from './gone-signal.ts';
export { type Health, healthRoutes } from './health-routes.ts';
export { knownPaths } from './known-paths.ts';
export { messagesOf } from './messages.ts';
export { parsedQuery, type QueryParameters, singleParameters } from './parameters.ts';
export { sessionRateLimit, signInRateLimit } from './rate-limit.ts';
export { redirect } from './redirect.ts';
export { requestLog } from './request-log.ts';
export { MAX_RETURN_CHARACTERS, safeReturnTo } from './return-to.ts';
export { pathsOf } from './routes-of.ts';
export { securityHeaders } from './security-headers.ts';
export { sendPage } from './send-page.ts';
export { settled } from './settled.ts';
