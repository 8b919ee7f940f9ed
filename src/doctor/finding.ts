import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Trouble } from '../failures/index.ts';

/** What was looked at, and how it is. */
export interface Finding {
  /** A word that scripts rely on, such as `redirect-uri`. */
  looked: string;
  /** `unseen`: it could not be looked at, and `what` says why. */
  state: 'well' | 'warning' | 'fault' | 'unseen';
  what: string;
  todo?: string;
  /** Of a fault: what the program ends with, if this is the first one. */
  exitStatus?: ExitStatus;
}

export const well = (looked: string, what: string): Finding => ({ looked, state: 'well', what });

export const unseen = (looked: string, what: string): Finding => ({ looked, state: 'unseen', what });

export const warning = (looked: string, what: string, todo?: string): Finding => ({
  looked,
  state: 'warning',
  what,
  ...(todo === undefined ? {} : { todo }),
});

export const fault = (looked: string, trouble: Trouble): Finding => ({ looked, state: 'fault', ...trouble });

/** Of the first fault, in the order in which things are looked at. */
export function exitStatusOf(findings: readonly Finding[]): ExitStatus {
  return findings.find(({ state }) => state === 'fault')?.exitStatus ?? EXIT.done;
}
