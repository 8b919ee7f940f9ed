export {
  createHttpClient,
  type HttpClient,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  isAxiosError,
  textHeaders,
} from './http-client.ts';
