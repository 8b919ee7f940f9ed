import type { CommandCall, CommandOutcome } from './command/index.ts';

export type { CommandCall, CommandOutcome } from './command/index.ts';
export type { AccessTokenRequest, BrowserPage } from './control/index.ts';
export { type Emulator, type EmulatorEnvironment, type EmulatorOptions, startEmulator } from './emulator.ts';
export type { FaultRequest } from './faults/index.ts';
export { CertificateError } from './http/index.ts';
export type { OpenidConfiguration } from './platform/index.ts';
export {
  type Account,
  type AccountInput,
  type AccountKind,
  DEFAULT_CLIENT_ID,
  type GroupInput,
  type Registration,
  type RegistrationInput,
  readSeed,
  type Seed,
  SeedError,
  type SeedInput,
  type Tenant,
} from './registry/index.ts';
export type { Clock, LedgerEntry, Span } from './state/index.ts';
export { createSigningKeys } from './tokens/index.ts';

/** The command-line program; its code is loaded only when it is wanted. */
export async function runCommand(call: CommandCall): Promise<CommandOutcome> {
  const command = await import('./command/index.ts');
  return command.runCommand(call);
}
