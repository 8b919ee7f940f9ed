export { connectionTrouble, silenceOf } from './connection-trouble.ts';
export {
  createHttpClient,
  type HttpClient,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  isAxiosError,
  textHeaders,
} from './http-client.ts';
export { proxyTo, readProxies } from './proxies.ts';
