export { type CommandCall, type CommandOutcome, runCommand } from './run.ts';
