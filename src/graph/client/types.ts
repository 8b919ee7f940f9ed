/** Why the access token at hand will not do. */
export interface TokenOptions {
  claims?: string;
  forceRefresh?: boolean;
}

/** Where the access token comes from: the signed-in person's, or the app's own. */
export type AccessTokenSource = (options?: TokenOptions) => Promise<string>;

export interface GraphSettings {
  /** Origin of Microsoft Graph, or of another API. */
  endpoint: string;
  /** What the paths of requests begin with. Default `/v1.0/`. */
  pathPrefixes?: readonly string[];
  /** One deadline over a call with its retries. Default 8,000. */
  timeoutMs?: number;
  /** Of one decoded response. Default 8 MiB. */
  maxBytes?: number;
  /** How long throttling may be waited out in all. Default 3,000. */
  maxWaitMs?: number;
  /** Told of each response. */
  onCall?: (call: { status: number; durationMs: number; retried: boolean }) => void;
  /** Further headers of each request, such as those of a trace; none of them wins over ours. */
  headers?: () => Record<string, string>;
}

/** Of these, only GET is tried again: the others may have been carried out though no response came. */
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What goes with each call. */
export interface CallGiven {
  /** Sent as `client-request-id`, so that the app's log and Graph's know the call by one name. */
  correlationId: string;
  /** Gives the call up, for instance when the visitor went away. */
  signal?: AbortSignal;
}

export interface GraphRequest extends CallGiven {
  /** Default GET. */
  method?: Method;
  /** Sent as JSON. */
  json?: unknown;
  /** On the configured origin; `/v1.0/users?$top=50`. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** Default `json`: a JSON object. `any json`: any JSON value, or undefined for an empty response. */
  responseType?: 'json' | 'any json' | 'bytes';
  /** Of this response, where it may be smaller than usual; an error comes in this size too. */
  maxBytes?: number;
}

export interface GraphResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** A JSON object, or bytes where those were asked for. */
  body: unknown;
}

/** One call of Microsoft Graph with one source of tokens. */
export type GraphCall = (token: AccessTokenSource, request: GraphRequest) => Promise<GraphResponse>;
