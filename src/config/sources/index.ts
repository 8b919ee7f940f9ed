export { AZURE_VARIABLES, azureReader, withAzureVariables } from './azure-variables.ts';
export { withVariables } from './env-edit.ts';
export { type EnvFile, readEnvFile } from './env-file.ts';
export {
  type Environment,
  type EnvironmentReader,
  readSecret,
  variablesOf,
} from './environment.ts';
export { CREDENTIALS, type SettingName } from './setting-names.ts';
export { isPlaceholder, listOf, type SettingsReader } from './settings-reader.ts';
export { nameProblems, namesSet, unknownNames } from './unknown-names.ts';
