export type { DaemonParameters } from './parameters.ts';
export { namingFile } from './parameters-file.ts';
export { type EmulatorRun, openSource, type Source } from './source.ts';
