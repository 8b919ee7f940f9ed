export {
  type EntraOptions,
  type EntraSettings,
  readEntraSettings,
  SETTING_KINDS,
  type SettingOptions,
  type StoreOption,
  variablesOf,
} from './entra-options.ts';
export { processEnvironment } from './environment.ts';
export { type Kinds, optionProblems, requireOptions } from './kinds.ts';
