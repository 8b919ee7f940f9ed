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
export { type RegistrationSettings, readRegistrationSettings } from './registration.ts';
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
  withVariables,
} from './sources/index.ts';
