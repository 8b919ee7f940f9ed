export { type ApiConfig, readApiConfig } from './api.ts';
export { type Config, type ConfigOptions, readConfig } from './config.ts';
export type { CertificateSource, CredentialSource } from './credential.ts';
export {
  type AuthoritySetting,
  graphOriginsOf,
  graphRuleBrokenBy,
  readAuthority,
  UNKNOWN_AUTHORITY,
  usualGraphOf,
} from './platform/index.ts';
export {
  type Environment,
  isPlaceholder,
  listOf,
  readEnvFile,
  readSecret,
  type SettingsReader,
  variablesOf,
} from './sources/index.ts';
