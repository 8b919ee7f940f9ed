export type { DaemonParameters } from './parameters.ts';
export { namingFile, readSecretVariable } from './parameters-file.ts';
export { type EmulatorRun, openSource, type Source } from './source.ts';
