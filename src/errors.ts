/** What can go wrong, as a stable word that tests, logs and the pages' texts are keyed by. */
export type ErrorCode =
  // the request
  | 'bad_request'
  | 'address_too_long'
  | 'not_navigated'
  | 'not_found'
  | 'method_not_allowed'
  | 'cross_site_sign_out'
  | 'too_many_requests'
  | 'too_many_exports'
  | 'too_many_lists'
  // the sign-in
  | 'sign_in_unknown'
  | 'sign_in_cookie_missing'
  | 'sign_in_expired'
  | 'sign_in_used'
  | 'sign_in_declined'
  | 'permission_declined'
  | 'sign_in_failed'
  | 'sign_in_blocked'
  | 'admin_consent_required'
  | 'admin_consent_declined'
  | 'admin_consent_failed'
  | 'consent_required'
  | 'tenant_not_allowed'
  | 'issuer_refused'
  | 'id_token_refused'
  | 'token_answer_refused'
  | 'account_changed'
  | 'client_refused'
  // the session
  | 'session_ended'
  | 'interaction_required'
  | 'sign_in_required'
  | 'role_missing'
  | 'group_missing'
  // the caller of one's own API
  | 'access_token_missing'
  | 'access_token_refused'
  | 'permission_missing'
  // upstream
  | 'authority_unreachable'
  | 'authority_timeout'
  | 'authority_throttled'
  | 'authority_unavailable'
  | 'authority_misconfigured'
  | 'graph_unreachable'
  | 'graph_timeout'
  | 'graph_throttled'
  | 'graph_unavailable'
  | 'graph_answer_refused'
  | 'graph_refused_token'
  | 'graph_forbidden'
  | 'graph_refused_request'
  | 'graph_not_found'
  | 'graph_not_offered'
  | 'api_failed'
  | 'no_directory'
  | 'guest_no_directory'
  // this app
  | 'overloaded'
  | 'shutting_down'
  | 'store_unavailable'
  | 'configuration'
  | 'credential_unusable'
  | 'internal';

/** What the identity platform or Graph said of a failure, for a person who has to ask an administrator. */
export interface UpstreamReport {
  /** `AADSTS65001` or a Graph error code. */
  code?: string | undefined;
  /** The platform's correlation id or Graph's request-id. */
  correlationId?: string | undefined;
  /** HTTP status of the response. */
  status?: number | undefined;
  /** OAuth 2.0 error of the token or authorization endpoint. */
  error?: string | undefined;
  /** `suberror` of the identity platform. */
  suberror?: string | undefined;
  /** The claims request (JSON text) that the next authorization request should carry. */
  claims?: string | undefined;
}

export interface ErrorDetails {
  /** For the log only; never shown to a person, never holds a secret. */
  detail?: string | undefined;
  /** Sentences for the people who run the app: why, and what to do. For the log and the console, never for a page. */
  explanation?: string | undefined;
  upstream?: UpstreamReport | undefined;
  /** What Microsoft wrote, as it came: for the console of the tenant's own administrator, never for a page or a log. */
  upstreamText?: string | undefined;
  /** Seconds after which another try makes sense. */
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
}

/** The base of every error that the app throws on purpose. `message` is a sentence fit for an administrator's eyes. */
export abstract class AppError extends Error {
  readonly code: ErrorCode;
  /** HTTP status of the page that shows it. */
  readonly status: number;
  readonly detail: string | undefined;
  readonly explanation: string | undefined;
  readonly upstream: UpstreamReport;
  readonly #upstreamText: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, status: number, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = status;
    this.detail = details.detail;
    this.explanation = details.explanation;
    this.upstream = details.upstream ?? {};
    this.#upstreamText = details.upstreamText;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  /** What Microsoft wrote; no property of its own, so that nothing that logs an error finds it. */
  get upstreamText(): string | undefined {
    return this.#upstreamText;
  }
}

/** Wrong settings: every problem at once, each naming the variable and the rule, never the value. */
export class ConfigurationError extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('configuration', 500, problems.join('\n'), { detail: problems.join('; ') });
    this.problems = problems;
  }
}

/** The request was wrong, or may not be done: the visitor's side of things. */
export class RequestError extends AppError {}

/** Somebody genuine lacks what a guard asks for. */
export class MissingError extends RequestError {
  /** Any one of these would do. */
  readonly missing: readonly string[];

  constructor(
    code: 'role_missing' | 'group_missing' | 'permission_missing',
    message: string,
    missing: readonly string[],
  ) {
    super(code, 403, message, { detail: missing.join(' ') });
    this.missing = missing;
  }
}

/** Somebody is not signed in by this attempt, and nothing was stored. */
export class SignInError extends AppError {}

/** A person has to sign in (again): the session ended, or the platform wants to see them. */
export class InteractionRequiredError extends AppError {
  /** What the next sign-in has to ask for; absent: what every sign-in asks for. */
  readonly scopes: readonly string[] | undefined;

  constructor(message: string, details: ErrorDetails & { scopes?: readonly string[] | undefined } = {}) {
    super('interaction_required', 401, message, details);
    this.scopes = details.scopes;
  }

  /** The same, with what the next sign-in has to ask for, unless that is known. */
  asking(scopes: readonly string[] | undefined): InteractionRequiredError {
    const { message, detail, upstream, cause } = this;
    return new InteractionRequiredError(message, { detail, upstream, cause, scopes: this.scopes ?? scopes });
  }
}

/**
 * What a call needs beyond the sign-in's own scopes can be consented to in another sign-in, which has to ask for it.
 * @returns the error that says so, or any other as it was
 */
export function askingFor(scopes: readonly string[], error: unknown): unknown {
  if (error instanceof InteractionRequiredError) return error.asking(scopes);
  if (!(error instanceof SignInError) || error.code !== 'consent_required') return error;
  const { message, detail, upstream } = error;
  return new InteractionRequiredError(message, { detail, upstream, scopes });
}

/** The identity platform, Graph or the session store failed, or answered what it should not. */
export class UpstreamError extends AppError {}

/** The code of an error of the system or of Node (`ENOENT`), whatever made it; empty where it has none. */
export function systemCodeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
