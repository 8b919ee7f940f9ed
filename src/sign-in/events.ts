import type { ErrorCode } from '../errors.ts';

/** What happened to somebody's sign-in; holds no secret and no token. */
export type SignInEvent =
  | {
      type: 'signed_in' | 'signed_out' | 'renewed';
      correlationId: string;
      objectId: string;
      tenantId: string;
    }
  | { type: 'refused'; correlationId: string; code: ErrorCode };

/** The part of pino's interface that is used; `console` has it too, but for the order of what it is given. */
export interface Logger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Where nobody listens. */
export const SILENT: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
