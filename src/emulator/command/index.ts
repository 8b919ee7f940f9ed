export type { CommandCall } from './flags.ts';
export { type CommandOutcome, runCommand } from './run.ts';
