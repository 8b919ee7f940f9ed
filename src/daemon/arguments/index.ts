export { type DaemonArguments, parseArguments } from './arguments.ts';
