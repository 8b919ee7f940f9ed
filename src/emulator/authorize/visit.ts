import type { HttpRequest } from '../http/index.ts';
import type { BrowserSession, World } from '../state/index.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { authorizationFields } from './authorization-target.ts';

/** An authorization in progress: a valid request, and what the browser and the person said so far. */
export interface Visit {
  readonly http: HttpRequest;
  readonly world: World;
  readonly request: AuthorizationRequest;
  readonly session: BrowserSession;
  readonly decision: string | undefined;
  /** App roles that were chosen on the picker. */
  readonly roles: readonly string[] | undefined;
}

/** The request once more, as a path of the emulator. */
export function authorizeUrl(http: HttpRequest): string {
  const path = http.path.replace(/\/continue$/, '');
  return `${path}?${new URLSearchParams({ ...authorizationFields(http) })}`;
}

/** Where the emulator's own pages send what the person chose. */
export function continueUrl(http: HttpRequest): string {
  return authorizeUrl(http).replace('/authorize?', '/authorize/continue?');
}
