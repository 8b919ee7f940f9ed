import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction, Socket, TcpNetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import axios, { AxiosHeaders, type AxiosResponse } from 'axios';
import { type Proxies, processProxies, proxyTo } from '../proxies.ts';
import { connectToFirst } from './connect.ts';
import { tunnelTo } from './tunnel.ts';

/** Whether a request failed, rather than the code around it. */
export const { isAxiosError } = axios;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  signal: AbortSignal;
  /** Of this response, where it may be smaller than usual. */
  maxBytes?: number | undefined;
}

/** A response as it came: any status, the decoded bytes. */
export type HttpResponse = AxiosResponse<Buffer>;

/** Rejects with an axios error for everything but a response: it holds the request with its secrets. */
export type HttpClient = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Idle connections are given up before the other side's usual five seconds, so that few are found dead: a token request
 * is not sent again.
 */
const KEEP_ALIVE = { keepAlive: true, timeout: 4_000 } as const;

export interface HttpLimits {
  /** Of a decoded response. */
  maxBytes: number;
  /** Of the longest request: connecting may take all of it. */
  timeoutMs: number;
}

/**
 * A client for requests that carry secrets: it follows no redirect, keeps connections, bounds what it reads, and
 * hands over whatever is answered. It is axios's adapter for Node without what an instance of axios adds: there
 * are no interceptors here, and nothing to transform (a quarter of axios's cost; docs/performance.md). A proxy is only ever asked to connect (CONNECT).
 * @param lookup of host names; absent: Node's
 */
export function createHttpClient(
  { maxBytes, timeoutMs }: HttpLimits,
  lookup?: LookupFunction,
  proxies = processProxies(),
): HttpClient {
  const send = axios.getAdapter('http');
  const options = { ...KEEP_ALIVE, ...(lookup === undefined ? {} : { lookup }) };
  const settings = {
    httpAgent: plainAgent(options, connectorOf('http:', proxies, timeoutMs)),
    httpsAgent: secureAgent(options, connectorOf('https:', proxies, timeoutMs)),
    maxRedirects: 0,
    maxBodyLength: maxBytes,
    proxy: false,
    responseType: 'arraybuffer',
    validateStatus: () => true,
  } as const;
  return ({ headers, body, maxBytes: fewerBytes = maxBytes, ...request }) =>
    send({
      ...settings,
      ...request,
      headers: AxiosHeaders.from(headers),
      data: body,
      maxContentLength: Math.min(fewerBytes, maxBytes),
    }).catch((error: object) => {
      // for people who have to find out why nothing came; empty: none
      throw Object.assign(error, { proxy: proxyTo(new URL(request.url), proxies)?.host ?? '' });
    });
}

type Connector = (to: TcpNetConnectOpts) => Promise<Socket>;

function connectorOf(protocol: string, proxies: Proxies, timeoutMs: number): Connector {
  return async (to) => {
    const proxy = proxies.of({ protocol, hostname: to.host ?? 'localhost', port: to.port });
    return proxy === undefined ? connectToFirst(to, timeoutMs) : tunnelTo(to, proxy, timeoutMs);
  };
}

/** How Node's agents want to be told of a connection. */
type Done = (error: Error | null, socket?: Duplex | null) => void;

/** Node's agent, but for how it connects. */
function plainAgent(options: AgentOptions, connect: Connector): HttpAgent {
  const createConnection = (to: TcpNetConnectOpts, done: Done) => {
    connect(to).then((socket) => done(null, socket), done);
  };
  return Object.assign(new HttpAgent(options), { createConnection });
}

/** The same; Node's own agent then makes the connection secure. */
function secureAgent(options: AgentOptions, connect: Connector): HttpsAgent {
  const agent = new HttpsAgent(options);
  const makeSecure = agent.createConnection.bind(agent);
  const createConnection = (to: TcpNetConnectOpts, done: Done) => {
    connect(to)
      .then((socket) => makeSecure(Object.assign({ ...to }, { socket })))
      .then((secured) => done(null, secured), done);
  };
  return Object.assign(agent, { createConnection });
}

/** All headers that were given once. */
export function textHeaders({ headers }: HttpResponse): Record<string, string> {
  const pairs = Object.entries(headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(pairs);
}
