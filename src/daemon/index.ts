export type { EmulatorRun } from './parameters/index.ts';
export { runDaemon } from './run.ts';
export { printable } from './terminal/index.ts';
