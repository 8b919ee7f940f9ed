import type { ErrorCode } from '../errors.ts';
import type { Account } from '../identity/index.ts';

/**
 * What happened to somebody's sign-in; holds no secret and no token.
 * `signed_out`: by the person; or by the identity platform, which names sessions and not whose they are.
 * `renewed`: new tokens came without a sign-in.
 * `refused`: a failure was shown, of a sign-in that came back or of any page.
 */
export type SignInEvent =
  | { type: 'signed_in' | 'renewed'; correlationId: string; objectId: string; tenantId: string }
  | { type: 'signed_out'; by: 'person'; correlationId: string; objectId: string; tenantId: string }
  | { type: 'signed_out'; by: 'platform'; correlationId: string }
  | { type: 'refused'; at: 'sign-in' | 'page'; correlationId: string; code: ErrorCode };

export type TellEvent = (event: SignInEvent) => void;

/** Tells the host; that it fails at hearing so is no reason to fail a sign-in. */
export function createTeller(onEvent: (event: SignInEvent) => unknown, logger: Logger): TellEvent {
  return (event) => {
    (async () => onEvent(event))().catch((error: unknown) => {
      const { type, correlationId } = event;
      logger.error({ event: type, correlationId, reason: reasonOf(error) }, 'onEvent failed');
    });
  };
}

/** Whose event it is, and of which request. */
export function ofPerson({ objectId, tenantId }: Account, correlationId: string) {
  return { correlationId, objectId, tenantId };
}

/** What a function of the host's says of its own failure. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}

/** The part of pino's interface that is used; `console` has it too, but for the order of what it is given. */
export interface Logger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** The host's logger; that it fails is no reason to fail a request. */
export function unfailing(logger: Logger): Logger {
  const telling = (level: keyof Logger) => (facts: object, message: string) => {
    try {
      logger[level](facts, message);
    } catch {
      // There is nowhere to tell it.
    }
  };
  return { info: telling('info'), warn: telling('warn'), error: telling('error') };
}

/** Where the host gave no logger: of what is wrong with its own settings nothing else would tell it. */
export const SILENT: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error(facts) {
    const { code, detail }: { code?: unknown; detail?: unknown } = facts;
    if (code === 'configuration') process.emitWarning(`entra(): ${detail}`);
  },
};
