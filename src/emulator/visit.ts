import type { Asked } from './asked.ts';
import { type AuthorizationRequest, authorizationFields } from './authorization-request.ts';
import type { BrowserSession } from './browser-sessions.ts';
import type { World } from './world.ts';

/** An authorization in progress: a valid request, and what the browser and the person said so far. */
export interface Visit {
  readonly asked: Asked;
  readonly world: World;
  readonly request: AuthorizationRequest;
  readonly session: BrowserSession;
  readonly decision: string | undefined;
}

/** The request once more, as a path of the stand-in. */
export function authorizeUrl(asked: Asked): string {
  return `/${asked.tenant}/oauth2/v2.0/authorize?${new URLSearchParams({ ...authorizationFields(asked) })}`;
}

/** Where the stand-in's own pages send what the person chose. */
export function continueUrl(asked: Asked): string {
  return authorizeUrl(asked).replace('/authorize?', '/authorize/continue?');
}
