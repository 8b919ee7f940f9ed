export { BodyError, readBodyText } from './body-text.ts';
export { isOpenToScripts, preflight, readableByScripts } from './cors.ts';
export { ENDPOINTS, type EndpointName } from './endpoint-name.ts';
export { guidFor, isGuid } from './guid.ts';
export { CertificateError, type Listener, listen, type TlsFiles } from './listener.ts';
export { isLocalHost, isLocalHostHeader, isLoopbackHost, isLoopbackPeer, isOwnOrigin } from './locality.ts';
export { platformCookies, platformHeaders, strictTransportSecurity } from './platform-headers.ts';
export {
  cookieOf,
  type Fields,
  type HttpRequest,
  plainOrigin,
  readRequest,
  withoutEmptyFields,
} from './request.ts';
export {
  type HttpResponse,
  headerOf,
  jsonResponse,
  NO_STORE,
  redirectResponse,
  withHeaders,
  withoutHeaders,
} from './response.ts';
export { createRouter, type Found, partsOf } from './routing.ts';
export { unescaped } from './unescaped.ts';
export { inUserFlow, isUserFlow } from './user-flow.ts';
export { asVersion2, isVersion1 } from './version1.ts';
export { type WireFault, writeResponse } from './wire.ts';
