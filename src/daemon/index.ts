export type { EmulatorRun } from './parameters/index.ts';
export { runDaemon } from './run.ts';
