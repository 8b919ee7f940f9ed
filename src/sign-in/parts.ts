import type { Request } from 'express';
import type { AppError } from '../errors.ts';
import { safeReturnTo } from '../http/index.ts';
import type { ClientSettings } from '../identity/index.ts';
import { basePathOf } from '../public-address.ts';
import type { SessionRecords } from '../sessions/index.ts';
import { type ConfiguredApi, openApis } from './apis.ts';
import type { SignInStart } from './authorization/index.ts';
import { createTeller, type Logger, ofPerson, reasonOf, SILENT, unfailing } from './events.ts';
import type { Failure } from './failure.ts';
import type { EntraOptions, EntraSettings } from './options/index.ts';
import {
  createAppSessions,
  createPersonTokens,
  type PersonTokens,
  type SignedInSession,
} from './person/index.ts';
import type { SignOutParts } from './sign-out.ts';

/** What a sign-in stands on. */
export interface Ground {
  identity: ClientSettings;
  records: SessionRecords;
}

/** What one `entra()` is made of, once its store is open. */
export interface SignInParts
  extends SignInStart,
    SignOutParts,
    Pick<EntraOptions, 'renderFailure' | 'askToSignIn'> {
  /** In front of the names of its cookies. */
  name: string;
  tokens: PersonTokens;
  apis: ReadonlyMap<string, ConfiguredApi>;
  loginPath: string;
  logoutPath: string;
  redirectUri: string;
  /** Requests that brought a sign-in which failed. */
  failedSignIns: WeakSet<object>;
  /** Told of each failure that is shown, with what only the log may know. */
  onFailure: (failure: Failure, error: AppError, request: Request) => void;
}

/** Puts them together. */
export function partsOf(
  { config, loginPath, logoutPath }: Pick<EntraSettings, 'config' | 'loginPath' | 'logoutPath'>,
  options: EntraOptions,
  { identity, records }: Ground,
): SignInParts {
  const { name = 'entra', apis = {}, renderFailure, askToSignIn } = options;
  const logger = unfailing(options.logger ?? SILENT);
  const onEvent = createTeller(options.onEvent ?? (() => undefined), logger);
  const { now, redirectUri } = identity;
  const { baseUrl, redirectPath } = config;
  const actions = [loginPath, logoutPath, ...(options.neverReturnTo ?? [])];
  const basePath = basePathOf(baseUrl);
  const { sessions, pendingSignIns } = createAppSessions(config, identity, {
    records,
    now,
    cookiePrefix: name === '' ? '' : `${name}-`,
    onWarning: (sentence) => logger.warn({ reason: 'store_unavailable' }, sentence),
  });
  const onRenewed = ({ content }: SignedInSession, correlationId: string) => {
    onEvent({ type: 'renewed', ...ofPerson(content.account, correlationId) });
  };
  const failedSignIns = new WeakSet<object>();
  const log = options.onFailure ?? logTo(logger);
  return {
    name,
    identity,
    sessions,
    pendingSignIns,
    tokens: createPersonTokens(identity, sessions, onRenewed),
    apis: openApis(config.graphEndpoint, apis),
    redirectPath,
    redirectUri,
    baseUrl,
    returnTo: (target) => safeReturnTo(target, { actions, redirectPath, basePath }),
    loginPath,
    logoutPath,
    now,
    ...(renderFailure === undefined ? {} : { renderFailure }),
    ...(askToSignIn === undefined ? {} : { askToSignIn }),
    onEvent,
    failedSignIns,
    onFailure({ code, correlationId }, error, request) {
      try {
        log(error, request, correlationId);
      } catch (failed) {
        logger.error({ correlationId, reason: reasonOf(failed) }, 'onFailure failed');
      }
      const at = failedSignIns.has(request) ? 'sign-in' : 'page';
      onEvent({ type: 'refused', at, correlationId, code });
    },
  };
}

function logTo(logger: Logger) {
  return (
    { code, status, detail, explanation, upstream }: AppError,
    _request: Request,
    correlationId: string,
  ) => {
    const { claims: _claims, ...report } = upstream;
    logger[status >= 500 ? 'error' : 'info'](
      { code, correlationId, detail, explanation, upstream: report },
      'failure',
    );
  };
}
