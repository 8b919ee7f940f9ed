export { type ApiConfig, readApiConfig } from './api.ts';
export { type Config, type ConfigOptions, readConfig } from './config.ts';
export {
  type CertificateSource,
  type CredentialSource,
  type ManagedIdentity,
  readManagedIdentity,
} from './credential.ts';
export {
  type AuthoritySetting,
  graphOriginsOf,
  graphRuleBrokenBy,
  readAuthority,
  UNKNOWN_AUTHORITY,
  usualGraphOf,
} from './platform/index.ts';
export {
  AZURE_VARIABLES,
  type Environment,
  isPlaceholder,
  listOf,
  readEnvFile,
  readSecret,
  type SettingsReader,
  variablesOf,
  withAzureVariables,
} from './sources/index.ts';
