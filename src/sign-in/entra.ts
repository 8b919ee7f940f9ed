import type { RequestHandler } from 'express';
import { AppError } from '../errors.ts';
import { buildSignIn } from './build-sign-in.ts';
import { reasonOf, SILENT, unfailing } from './events.ts';
import { identityOfApp } from './identity-of-app.ts';
import { openStore } from './open-store.ts';
import { type EntraOptions, processEnvironment, readEntraSettings } from './options/index.ts';
import type { RequestEntra } from './request-entra.ts';

declare global {
  namespace Express {
    interface Request {
      /** Who sent the request, and their tokens; from `entra()` or `protectApi()` on. */
      entra: RequestEntra;
    }
  }
}

/** The middleware that signs people in; it is also what has to be closed at the end. */
export interface Entra extends RequestHandler {
  /** Resolves when the store is open. @throws (as a rejection) what keeps it from opening */
  ready(): Promise<void>;
  /** Ends the store and its connections; sessions in it stay, but for those in memory. */
  close(): Promise<void>;
}

/**
 * Signs people in: adds `/login`, the redirect URI, `/logout` and front-channel sign-out, and `request.entra` to every
 * request that comes after. Reads the settings of docs/library.md from the options, or else the environment.
 * @throws ConfigurationError for wrong settings, with one line for each
 */
export function entra(options: EntraOptions = {}): Entra {
  const settings = readEntraSettings(options, processEnvironment());
  const { config, store, hasPassingSecret } = settings;
  const logger = unfailing(options.logger ?? SILENT);
  const onWarning = (sentence: string) => logger.warn({}, sentence);
  const identity = identityOfApp(config, { now: Date.now, onWarning });
  if (hasPassingSecret || store === 'memory') onWarning('sessions end with this process');
  const opening = openStore(store, config, onWarning);
  const building = opening.then((records) => buildSignIn(settings, options, { identity, records }));
  // Where nobody waits for `ready()`, this tells, and then each request.
  building.catch((error: unknown) => {
    const { code = 'internal', detail = reasonOf(error) }: Partial<AppError> =
      error instanceof AppError ? error : {};
    logger.error({ code, detail }, 'nobody can sign in');
  });

  const handle: RequestHandler = (request, response, next) => {
    building.then((router) => router(request, response, next)).catch(next);
  };
  return Object.assign(handle, {
    ready: async () => void (await building),
    close: async () => (await opening.catch(() => undefined))?.close(),
  });
}
